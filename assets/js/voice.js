/* What a screen reader is told, and where the focus goes when what had it is gone. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const fine = matchMedia("(pointer: fine)");

  /* ---- a reply is announced when it begins, and read whole when it ends; never word by word ---- */
  const announce = (text) => { const voice = $("#announcer"); if (voice && voice.textContent !== text) voice.textContent = text; };
  document.addEventListener("announce", (event) => {
    announce("");
    setTimeout(() => announce(event.detail), 50);  // the same words again are news again
  });
  const spoken = (reply) => [...reply.querySelectorAll(".prose, .pick, .ask p, .note span")]
    .map((part) => part.getAttribute("aria-label") || part.textContent).join(" ");

  let heard = null, opened = null;
  const listen = () => {
    const main = $("#main"), reply = $("#reply");
    if (main?.dataset.ready !== "true") return;
    const busy = reply?.getAttribute("aria-busy") === "true";
    if (main.dataset.conversation !== opened) {  // what is there when a conversation opens was heard before
      const begun = opened === "";
      opened = main.dataset.conversation;
      if (!begun) heard = busy ? null : reply?.dataset.id;
    }
    if (busy) {
      announce($("#announcer").dataset.answering);
      heard = null;
    } else if (reply && heard !== reply.dataset.id) {
      announce(spoken(reply));
      heard = reply.dataset.id;
    }
  };

  /* ---- the focus ---- */
  let last = null, around = [];
  document.addEventListener("focusin", (event) => {
    last = event.target;
    around = [];
    for (let part = last.parentElement; part && part !== document.body; part = part.parentElement) around.push(part);
  });
  const inside = (part) => part.matches("article") ? part : part.id === "thread" ? part.querySelector("article")
    : ["textarea", "[aria-pressed=true]", "button:not([disabled])"].map((wanted) => part.querySelector(wanted)).find(Boolean);
  const gone = () => last && (!last.isConnected || last.disabled) && (!document.activeElement || document.activeElement === document.body
    || document.activeElement === last);
  const keepFocus = () => {
    if (!gone()) return;
    const from = last;
    last = null;
    for (const part of around) {
      const next = part.isConnected && part.matches("form, .acts, .judged, article, #thread, #main") && inside(part);
      if (!next || next === from) continue;
      next.focus({ preventScroll: true });
      if (document.activeElement === next) return;
    }
    (fine.matches ? $("#message") : $("#main"))?.focus({ preventScroll: true });
  };

  changed(listen);
  changed(keepFocus);
})();
