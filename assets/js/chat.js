/* What the chat page does by itself in the browser: keys, scrolling, drawers, and what a screen reader is told.
   It listens on the document, because React may put any element anew. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const root = document.documentElement;
  const page = () => document.scrollingElement;
  const fine = matchMedia("(pointer: fine)");
  const field = () => $("#message");
  const keep = (store, key, value) => {
    try { if (value) store.setItem(key, value); else store.removeItem(key); } catch { /* private mode: nothing is kept */ }
  };
  const kept = (store, key) => { try { return store.getItem(key) || ""; } catch { return ""; } };

  /* ---- composer ---- */
  const DRAFT = "coffeebot-draft";
  const grow = () => {
    const box = field();
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, Math.round(innerHeight * 0.4))}px`;
  };
  const put = (text) => { const box = field(); if (box && !box.value && text) { box.value = text; grow(); } };

  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    grow();
    keep(sessionStorage, DRAFT, event.target.value);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "composer") return;
    if (form.dataset.running === "true" || !field().value.trim()) {  // keep what was typed
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    following = true;
    keep(sessionStorage, DRAFT, "");
    requestAnimationFrame(() => { grow(); field().focus({ preventScroll: true }); });
  }, true);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "Enter" && event.target === field() && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      $("#composer").requestSubmit();
    } else if (event.key === "Escape") {
      if (root.dataset.drawer) shut(); else $(".composer .stop")?.click();
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !root.dataset.drawer) {
      event.preventDefault();
      field()?.focus();
    }
  });

  /* ---- scrolling: follow the words only while the reader is at the end ---- */
  const NEAR = 96;
  let following = true;
  const gap = () => page().scrollHeight - innerHeight - scrollY;
  const talking = () => Boolean($("#main")?.dataset.conversation);
  const toEnd = () => scrollTo({ top: page().scrollHeight, behavior: "instant" });
  const mark = () => { const latest = $("#latest"); if (latest) latest.hidden = following || !talking(); };
  let height = 0, settling = 0;
  const settle = () => { settling = performance.now() + 500; following = true; toEnd(); mark(); };
  for (const hand of ["wheel", "touchmove", "keydown"]) addEventListener(hand, () => { settling = 0; }, { passive: true });
  addEventListener("scroll", () => {
    if (performance.now() < settling && gap() > 1) return toEnd();  // the router restores an older place
    if (page().scrollHeight === height) following = gap() < NEAR;  // the reader moved, not the page
    height = page().scrollHeight;
    mark();
  }, { passive: true });
  new ResizeObserver(() => {
    if (following && talking()) toEnd(); else following = gap() < NEAR;
    height = page().scrollHeight;
    mark();
  }).observe(document.body);

  /* ---- drawers: the card under 1200 px, the list under 960 ---- */
  const WIDE = { taste: matchMedia("(min-width: 1201px)"), side: matchMedia("(min-width: 961px)") };
  let opener = null;
  const others = (drawer) => [$(".skip"), $(".bar"), ...$(".chat").children].filter((part) => part && part !== drawer);
  const open = (name, from) => {
    const drawer = document.getElementById(name);
    if (!drawer || WIDE[name].matches) return;
    opener = from;
    root.dataset.drawer = name;
    const sheet = drawer.firstElementChild;
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    sheet.setAttribute("aria-label", sheet.querySelector("h2").textContent);
    others(drawer).forEach((part) => { part.inert = true; });
    sheet.focus({ preventScroll: true });
  };
  const shut = () => {
    const drawer = document.getElementById(root.dataset.drawer);
    delete root.dataset.drawer;
    if (!drawer) return;
    for (const name of ["role", "aria-modal", "aria-label"]) drawer.firstElementChild.removeAttribute(name);
    others(drawer).forEach((part) => { part.inert = false; });
    opener?.focus({ preventScroll: true });
    opener = null;
  };
  for (const [name, wide] of Object.entries(WIDE)) {
    wide.addEventListener("change", () => { if (wide.matches && root.dataset.drawer === name) shut(); });
  }

  /* ---- clicks ---- */
  let struck = -1;
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("[data-open]")) open(at("[data-open]").dataset.open, at("[data-open]"));
    else if (at("[data-close], [data-leave], #scrim") && root.dataset.drawer) shut();
    else if (at("#latest")) { following = true; toEnd(); mark(); }
    else if (at("[data-strike]")) struck = [...document.querySelectorAll("[data-strike]")].indexOf(at("[data-strike]"));
    else if (at(".chip, .start")) { following = true; if (fine.matches) field()?.focus({ preventScroll: true }); }
  });

  /* ---- what React changes ---- */
  let conversation = null, failures = "0", busy = false, lines = 0;
  const announce = (text) => { const voice = $("#announcer"); if (voice && voice.textContent !== text) voice.textContent = text; };
  const spoken = (reply) => [...reply.querySelectorAll(".prose, .pick, .ask p, .note span")]
    .map((part) => part.getAttribute("aria-label") || part.textContent).join(" ");

  const look = () => {
    const main = $("#main"), reply = $("#reply"), form = $("#composer");
    if (!main) return;
    if (main.dataset.ready === "true" && main.dataset.conversation !== conversation) {
      conversation = main.dataset.conversation;
      keep(localStorage, "coffeebot-talked", conversation);
      if (conversation) settle(); else scrollTo({ top: 0, behavior: "instant" });
    }
    if (form && form.dataset.failures !== failures) {
      failures = form.dataset.failures;
      put(form.dataset.unsent);
    }
    const now = reply?.getAttribute("aria-busy") === "true";
    if (now && !busy) announce($("#announcer").dataset.answering);
    if (!now && busy && reply) announce(spoken(reply));
    busy = now;
    const left = document.querySelectorAll("[data-strike]");
    if (struck >= 0 && left.length < lines) {
      (left[Math.min(struck, left.length - 1)] || $("#taste .sheet")).focus({ preventScroll: true });
      struck = -1;
    }
    lines = left.length;
  };

  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["aria-busy", "data-conversation", "data-ready", "data-failures"],
  });
  look();
  put(kept(sessionStorage, DRAFT));
})();
