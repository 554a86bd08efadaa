// Everything works without this file. It saves a press here and there, and tries again by itself while the store moves.
"use strict";
document.documentElement.classList.add("has-script");

// A choice applies itself.
for (const select of document.querySelectorAll("select[data-apply]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A quantity in the cart too, once the shopper has stopped typing.
for (const input of document.querySelectorAll("input[data-apply]")) {
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => input.value !== input.defaultValue && input.reportValidity() && input.form.requestSubmit(), 700);
  });
}

// Pressing twice sends once. The server would not order twice anyway: both carry the same key.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    const button = form.querySelector("[type=submit]");
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending ?? button.textContent;
  });
}
// The order itself is sent until it is placed, also when the Region that this page came from is gone: the key in the form makes it one order.
const patient = document.querySelector("form[data-persist]");
if (patient) {
  patient.addEventListener("submit", async event => {
    event.preventDefault();
    if (patient.dataset.sent) {
      return;
    }
    patient.dataset.sent = "true";
    const button = patient.querySelector("[type=submit]");
    button.setAttribute("aria-disabled", "true");
    for (let tries = 0; tries < 40; tries++) {
      try {
        const answer = await fetch(patient.action, { method: "POST", body: new URLSearchParams(new FormData(patient)), signal: AbortSignal.timeout(20000) });
        if (answer.redirected) {
          location.assign(answer.url);
          return;
        }
        if (answer.status < 500 && answer.status !== 429) {
          break;
        }
      } catch {
        // No answer: the same as a 503, and as safe to repeat.
      }
      document.querySelector("#sending-says").textContent = "The store is moving. Your order is kept here and sent again until it is placed, once.";
      await new Promise(done => setTimeout(done, Math.min(1000 + tries * 500, 5000)));
    }
    patient.submit();
  });
}

// A page that the browser kept and shows again can be sent again.
addEventListener("pageshow", event => event.persisted && location.reload());

// What could not be done is tried again, with the same form and so the same key, less and less often.
const retry = document.querySelector("[data-retry]");
if (retry) {
  const key = `tries:${location.pathname}`;
  const tries = Number(sessionStorage.getItem(key) ?? 0);
  const most = 12;
  let seconds = Math.min(5 + tries * 2, 20);
  const says = document.querySelector("#retry-says");
  const stop = document.querySelector("#retry-stop");
  if (tries < most) {
    stop.hidden = false;
    const clock = setInterval(() => {
      seconds -= 1;
      if (seconds > 0) {
        return;
      }
      clearInterval(clock);
      sessionStorage.setItem(key, String(tries + 1));
      retry.tagName === "FORM" ? retry.requestSubmit() : location.assign(retry.href);
    }, 1000);
    says.textContent = `We try again by ourselves in ${seconds} seconds.`;
    stop.addEventListener("click", () => {
      clearInterval(clock);
      says.textContent = "We have stopped trying. Press Try again when you like.";
      stop.hidden = true;
    });
  } else {
    says.textContent = "This takes longer than usual. Press Try again when you like.";
    sessionStorage.removeItem(key);
  }
} else {
  for (const key of Object.keys(sessionStorage)) {
    key.startsWith("tries:") && sessionStorage.removeItem(key);
  }
}

// An order's state stays true while its page is open.
const live = document.querySelector("[data-live]");
if (live) {
  setInterval(async () => {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-live]");
      if (now && now.dataset.live !== live.dataset.live) {
        location.reload();
      }
    } catch {
      // The store may be moving: the page still tells what was true.
    }
  }, 8000);
}
