'use strict';
// Keeps the page what the server says it is. Panels arrive as markup and are morphed into place, so that focus, open details and typed text stay.
(() => {
  const $ = (id) => document.getElementById(id);
  const live = $('live'), by = $('by'), told = $('told'), spoken = $('spoken'), ask = $('ask');
  let source, silence, offset = 0, announced = '', tellTimer;

  // ---- morphing
  const keyOf = (node) => node.id || (node.dataset && (node.dataset.state || node.dataset.way)) || '';
  function morph(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || keyOf(from) !== keyOf(to)) { from.replaceWith(to); return; }
    if (from.nodeType !== 1) { if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue; return; }
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !(name === 'open' && from.nodeName === 'DETAILS')) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    if (from.nodeName === 'IFRAME') return;
    children(from, to);
  }
  function children(from, to) {
    const wanted = [...to.childNodes];
    wanted.forEach((node, i) => { const mine = from.childNodes[i]; if (mine) morph(mine, node); else from.append(node); });
    while (from.childNodes.length > wanted.length) from.lastChild.remove();
  }
  function show(panel) {
    const at = $(panel.id), made = document.createElement(at.nodeName);
    made.innerHTML = panel.html;
    const scrolled = at.querySelector('.scroll'), was = scrolled ? [scrolled.dataset.follow, scrolled.scrollLeft, scrolled.scrollTop] : null;
    children(at, made);
    const now = at.querySelector('.scroll');
    if (was && now && now.dataset.follow === was[0]) now.scrollTo(was[1], was[2]);
    if (panel.id === 'machine') { fit(); follow(); }
    if (panel.id === 'headline') announce();
  }

  // ---- what a screen reader is told: the headline when it changes, not every state
  function announce() {
    const text = $('headline-text').textContent;
    document.title = text + ' · Control room';
    if (text !== announced) { announced = text; setTimeout(() => { if (announced === text) spoken.textContent = text; }, 400); }
  }

  // ---- the graph
  let fitted = false, followed = '';
  const graph = () => document.querySelector('svg.graph');
  function states(message) {
    const scroll = document.querySelector('.graph-scroll');
    if (!scroll || scroll.dataset.follow !== message.execution) return;
    const ways = new Set(message.ways);
    for (const node of scroll.querySelectorAll('[data-state]')) {
      const [status, words] = message.states[node.dataset.state] || ['waiting', 'not reached'];
      if (node.dataset.status !== status) {
        node.dataset.status = status;
        node.setAttribute('aria-label', `${node.dataset.state}, ${node.dataset.type}: ${words}`);
      }
    }
    for (const edge of scroll.querySelectorAll('[data-way]')) edge.classList.toggle('taken', ways.has(edge.dataset.way));
    follow();
  }
  // Brings what runs (or what failed) into sight, unless the visitor looks at a step or has just scrolled.
  let touched = 0;
  addEventListener('wheel', () => { touched = Date.now(); }, { passive: true });
  addEventListener('keydown', () => { touched = Date.now(); });
  function follow() {
    const scroll = document.querySelector('.graph-scroll');
    if (!scroll || fitted || scroll.matches(':hover') || Date.now() - touched < 8000 || new URLSearchParams(location.search).get('step')) return;
    const all = [...scroll.querySelectorAll('[data-status=running],[data-status=retrying],[data-status=failed],[data-status=aborted]')];
    const node = all.find((n) => !n.classList.contains('frame')) || all[0] || [...scroll.querySelectorAll('.node.succeed[data-status=succeeded]')][0];
    if (!node || followed === scroll.dataset.follow + node.dataset.state) {
      if (node || followed === scroll.dataset.follow) return;
      const top = (n) => +n.querySelector('rect').getAttribute('y');
      const start = [...scroll.querySelectorAll('[data-state]')].reduce((a, b) => top(b) < top(a) ? b : a);
      if (start) { followed = scroll.dataset.follow; centre(scroll, start); }
      return;
    }
    followed = scroll.dataset.follow + node.dataset.state;
    centre(scroll, node);
  }
  function centre(scroll, node) {
    const box = node.querySelector('rect').getBoundingClientRect(), frame = scroll.getBoundingClientRect();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroll.scrollBy({ left: box.left + box.width / 2 - frame.left - frame.width / 2, top: box.top + box.height / 2 - frame.top - frame.height / 2, behavior: calm ? 'instant' : 'smooth' });
  }
  function fit() {
    const svg = graph(), button = document.querySelector('[data-fit]');
    if (svg) svg.classList.toggle('fit', fitted);
    if (button) { button.setAttribute('aria-pressed', fitted); button.textContent = fitted ? 'Full size' : 'Fit whole graph'; }
  }

  // ---- clocks
  setInterval(() => {
    for (const clock of document.querySelectorAll('[data-since]')) {
      const seconds = Math.max(0, (Date.now() - offset - clock.dataset.since) / 1000);
      clock.textContent = seconds < 60 ? `${(Math.floor(seconds * 10) / 10).toFixed(1)} s` : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
    }
  }, 100);

  // ---- the stream
  function say(state, text) { live.dataset.state = state; live.lastElementChild.textContent = text; }
  function alive() { say('on', 'live'); clearTimeout(silence); silence = setTimeout(() => say('off', 'no answer from the rehearsal: this may be old'), 15000); }
  function connect() {
    if (source) source.close();
    source = new EventSource('/events' + location.search);
    source.onopen = alive;
    source.onerror = () => say('off', 'connection lost: this may be old');
    const on = (name, act) => source.addEventListener(name, (e) => { alive(); act(JSON.parse(e.data)); });
    on('panel', show);
    on('graph', states);
    on('charts', (data) => charts.begin(data));
    on('samples', (data) => charts.add(data));
  }

  // ---- looking elsewhere
  function go(href, keep) {
    history.pushState(null, '', href);
    connect();
    if (!keep) touched = Date.now();
  }
  addEventListener('popstate', connect);
  document.addEventListener('click', (e) => {
    if (e.target.closest('[data-fit]')) { fitted = !fitted; fit(); return; }
    const link = e.target.closest('a[href^="?"]');
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
    e.preventDefault();
    const [href, hash] = link.getAttribute('href').split('#');
    go(href === '?' ? location.pathname : href);
    if (hash) setTimeout(() => { const there = $(hash); if (there) there.scrollIntoView({ block: 'start' }); }, 900);
  });

  // ---- doing
  function tell(text, bad) {
    told.toggleAttribute('data-bad', !!bad);
    told.textContent = text;
    clearTimeout(tellTimer);
    tellTimer = setTimeout(() => { told.textContent = ''; }, bad ? 15000 : 7000);
  }
  async function run(form, reason) {
    const data = new URLSearchParams(new FormData(form));
    data.set('by', by.value);
    if (reason) data.set('reason', reason);
    const button = form.querySelector('button');
    button.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { accept: 'text/plain' } });
      tell(await answer.text(), !answer.ok);
    } catch {
      tell('The rehearsal does not answer. Is `make up` still running?', true);
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
  document.addEventListener('submit', (e) => {
    const form = e.target.closest('form[data-command]');
    if (!form) return;
    e.preventDefault();
    if (!form.dataset.ask) { run(form); return; }
    $('ask-title').textContent = form.querySelector('button').textContent.trim() + '?';
    $('ask-text').textContent = form.dataset.ask;
    $('ask-reason').value = '';
    ask.returnValue = '';
    ask.addEventListener('close', () => { if (ask.returnValue === 'yes') run(form, $('ask-reason').value); }, { once: true });
    ask.showModal();
  });
  by.value = localStorage.getItem('by') || by.value;
  by.addEventListener('change', () => localStorage.setItem('by', by.value));

  announced = $('headline-text').textContent;
  document.title = announced + ' · Control room';
  connect();
  follow();
})();
