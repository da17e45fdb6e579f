/* What the cards do by themselves in the browser: the focus in a dialog and in a list of reasons, and the way from a reason to its line.
   It listens on the document, because React may put any element anew. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const sheet = () => $("#compare-sheet");
  const tabbable = (part) => [...part.querySelectorAll("a[href], button:not([disabled]), input, select, [tabindex='0']")]
    .filter((one) => one.offsetParent !== null);
  let opener = null, dialog = null, refusing = null, refused = "", last = null;

  /* ---- keys: on the way down, before composer.js, whose Escape stops the barista ---- */
  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest?.("#compare-sheet, .reasons, .trait .write");
    if (event.key === "Escape" && (sheet() || inside)) {
      const close = sheet() ? $("[data-close-dialog]") : inside.matches(".reasons")
        ? document.querySelector(`[data-refuse="${inside.dataset.reasons}"]`) : inside.querySelector(".btn.plain");
      event.stopImmediatePropagation();
      event.preventDefault();
      close?.click();
    } else if (event.key === "Tab" && sheet()) {
      const stops = tabbable(sheet());
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement === edge || !sheet().contains(document.activeElement)) {
        event.preventDefault();
        (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
      }
    }
  }, true);

  /* ---- from the shopper's words on a card to the line that they wrote ---- */
  const show = (id) => {
    const line = document.querySelector(`#taste [data-ids~="${CSS.escape(id)}"]`);
    if (!line) return;
    if (line.offsetParent === null) $("[data-open=taste]")?.click();
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
    line.classList.remove("lit");
    requestAnimationFrame(() => line.classList.add("lit"));
  };

  let editing = false;
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("[data-trait]")) show(at("[data-trait]").dataset.trait);
    else if (at("[data-refuse]")) refusing = at("[data-refuse]").dataset.refuse;
    else if (at("#compare-show")) opener = at("#compare-show");
    if (at(".trait [data-edit]")) editing = true;
  });

  /* ---- what React changes ---- */
  const lost = () => document.activeElement === document.body || !document.activeElement;
  document.addEventListener("focusin", (event) => {
    last = event.target.closest(".picks, .trait, .answer, .undo") ? event.target : null;
  });
  const outside = () => [$(".skip"), $(".bar"), $(".chat")].filter(Boolean);
  const look = () => {
    if (sheet() !== dialog) {
      dialog = sheet();
      outside().forEach((part) => { part.inert = Boolean(dialog); });
      if (dialog) dialog.focus({ preventScroll: true });
      else { (opener?.isConnected ? opener : $("#compare-show") || $("#message"))?.focus({ preventScroll: true }); opener = null; }
    }
    const reasons = $(".reasons")?.dataset.reasons || "";
    if (reasons !== refused) {
      const left = refused;
      refused = reasons;
      if (reasons && reasons === refusing) $(".reasons button")?.focus({ preventScroll: true });
      else if (!reasons && left && lost()) document.querySelector(`[data-refuse="${left}"]`)?.focus({ preventScroll: true });
    }
    if (lost() && last && !last.isConnected) {  // what had the focus is gone: the way back is next to it
      const place = document.documentElement.dataset.drawer ? $("#taste .sheet") : $("#main");
      last = null;  // and then whatever the focus is given to
      ($("#undo-button") || place)?.focus({ preventScroll: true });
    }
    const form = $(".trait .write");
    if (editing && form) { form.querySelector("input")?.focus({ preventScroll: true }); editing = false; }
  };
  changed(look);
})();
