'use strict';
// Five small charts over the same five minutes: one cursor in all of them, bands where something was broken, and the same figures as a table.
const charts = (() => {
  const NS = 'http://www.w3.org/2000/svg', W = 240, H = 84, TOP = 4, BOTTOM = 18, SPAN = 300000;
  const regions = document.body.dataset.regions.split(' ');
  const number = (v, digits = 0) => v === null || v === undefined ? '–' : v.toFixed(digits);
  const KINDS = [
    { name: 'Orders a minute', least: 10, lines: [['l-a', (s) => s.orders[0]], ['l-b', (s) => s.orders[1]]], text: (s) => number(s.orders[0] + s.orders[1]) },
    { name: 'Errors', least: 10, lines: [['l-bad', (s) => s.errors]], text: (s) => number(s.errors) + ' %' },
    { name: 'Page time, p50 / p99', least: 200, lines: [['l-1', (s) => s.p50], ['l-2', (s) => s.p99]], text: (s) => s.p99 === null ? '–' : `${number(s.p50)} / ${number(s.p99)} ms` },
    { name: 'Replication lag', least: 2, lines: [['l-1', (s) => s.lag]], text: (s) => s.lag === null ? 'no reader' : number(s.lag, 1) + ' s' },
    { name: 'Outbox', least: 5, lines: [['l-1', (s) => s.outbox]], text: (s) => s.outbox === null ? '–' : `${s.outbox} events` },
  ];
  let samples = [], bands = [], cursor = null;
  const place = document.getElementById('charts'), note = document.getElementById('cursor'), table = document.getElementById('chart-table');

  const make = (name, attributes, parent) => {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (parent) parent.append(node);
    return node;
  };
  place.textContent = '';
  const drawn = KINDS.map((kind) => {
    const figure = document.createElement('figure'), caption = document.createElement('figcaption'), title = document.createElement('span'), value = document.createElement('b');
    figure.className = 'chart';
    title.textContent = kind.name;
    caption.append(title, value);
    const svg = make('svg', { viewBox: `0 0 ${W} ${H}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': kind.name });
    const back = make('g', {}, svg);
    make('path', { class: 'axis', d: `M0 ${H - BOTTOM}H${W}M0 ${TOP}H${W}` }, svg);
    const lines = kind.lines.map(([style]) => make('path', { class: `line ${style}` }, svg));
    const hair = make('path', { class: 'cursor', d: '' }, svg);
    const plot = document.createElement('div'), scale = document.createElement('span');
    plot.className = 'plot';
    scale.className = 'scale';
    scale.setAttribute('aria-hidden', 'true');
    plot.append(svg, scale);
    figure.append(caption, plot);
    place.append(figure);
    svg.addEventListener('pointermove', (e) => { const box = svg.getBoundingClientRect(); cursor = (e.clientX - box.left) / box.width; draw(); });
    svg.addEventListener('pointerleave', () => { cursor = null; draw(); });
    return { kind, svg, back, lines, hair, value, scale };
  });
  const key = document.createElement('p');
  key.className = 'key';
  for (const [style, text] of [['l-a', regions[0]], ['l-b', regions[1]], ['lost', 'Region lost'], ['fault', 'fault'], ['move', 'store moves']]) {
    const item = document.createElement('span'), mark = document.createElement('i');
    mark.className = style;
    item.append(mark, text);
    key.append(item);
  }
  place.nextElementSibling.prepend(key);

  const nice = (v) => { const p = 10 ** Math.floor(Math.log10(v)); return [1, 2, 5, 10].map((m) => m * p).find((m) => m >= v); };
  function draw() {
    const last = samples[samples.length - 1];
    if (!last) return;
    const to = last.t, from = to - SPAN, x = (t) => (t - from) / SPAN * W;
    const seen = samples.filter((s) => s.t >= from);
    const at = cursor === null ? last : seen.reduce((a, b) => Math.abs(x(b.t) - cursor * W) < Math.abs(x(a.t) - cursor * W) ? b : a, last);
    const clock = new Date(at.t).toISOString().slice(11, 19);
    note.textContent = cursor === null ? 'last 5 minutes' : `at ${clock} UTC, ${Math.round((to - at.t) / 1000)} s ago`;
    for (const { kind, svg, back, lines, hair, value, scale } of drawn) {
      const values = seen.flatMap((s) => kind.lines.map(([, of]) => of(s))).filter((v) => v !== null);
      const most = nice(Math.max(kind.least, ...values)), y = (v) => H - BOTTOM - v / most * (H - BOTTOM - TOP);
      kind.lines.forEach(([, of], i) => {
        let path = '', open = false;
        for (const s of seen) {
          const v = of(s);
          if (v === null) { open = false; continue; }
          path += `${open ? 'L' : 'M'}${x(s.t).toFixed(1)} ${y(v).toFixed(1)}`;
          open = true;
        }
        lines[i].setAttribute('d', path);
      });
      back.textContent = '';
      for (const band of bands) {
        const left = Math.max(0, x(band.from)), right = Math.min(W, x(band.to ?? to));
        if (right <= left) continue;
        const wide = { x: left, width: Math.max(.8, right - left) };
        make('rect', { class: `band ${band.kind}`, y: TOP, height: H - BOTTOM - TOP, ...wide }, back);
        // A strip of its own height for each kind: told apart without its colour.
        make('rect', { class: `strip ${band.kind}`, y: H - BOTTOM + 2 + 5 * ['fault', 'lost', 'move'].indexOf(band.kind), height: 4, ...wide }, back);
      }
      hair.setAttribute('d', cursor === null ? '' : `M${x(at.t).toFixed(1)} ${TOP}V${H - BOTTOM}`);
      value.textContent = kind.text(at);
      svg.setAttribute('aria-label', `${kind.name}: ${kind.text(last)} now, scale to ${most}`);
      scale.textContent = most;
    }
    tell(seen);
  }
  let told = 0;
  function tell(seen) {
    if (!table.parentElement.open || Date.now() - told < 1000) return;
    told = Date.now();
    const rows = seen.filter((_, i) => (seen.length - 1 - i) % 5 === 0).slice(-12).reverse();
    const made = document.createElement('table'), head = made.createTHead().insertRow(), body = made.createTBody();
    for (const text of ['UTC', ...regions.map((r) => `Orders a minute, ${r}`), 'Errors %', 'p50 ms', 'p99 ms', 'Lag s', 'Outbox']) { const th = document.createElement('th'); th.textContent = text; head.append(th); }
    for (const s of rows) {
      const row = body.insertRow();
      for (const text of [new Date(s.t).toISOString().slice(11, 19), number(s.orders[0]), number(s.orders[1]), number(s.errors, 1), number(s.p50), number(s.p99), number(s.lag, 1), number(s.outbox)]) row.insertCell().textContent = text;
    }
    table.replaceChildren(made);
  }
  table.parentElement.addEventListener('toggle', () => { told = 0; draw(); });
  return {
    begin(data) { samples = data.samples; bands = data.bands; draw(); },
    add(data) { samples = samples.concat(data.samples).slice(-900); bands = data.bands; draw(); },
  };
})();
