/* Conversations by keyboard: the list, what is written in place (a message, a name), and where the focus goes when its element goes. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const composing = (event) => event.isComposing || event.keyCode === 229;
  let next = null;  // what to focus once `from`, which has the focus, is gone
  const later = (from, ...selectors) => { next = { from, selectors }; };

  /* ---- what is written in place ---- */
  const back = (form) => (form.matches(".edit") ? [`[data-edit="${form.dataset.message}"]`] : [`[data-row="${form.dataset.row}"]`]);

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.edit, form.rename");
    if (!form || composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      event.stopPropagation();  // it stops no reply and closes no drawer
      form.querySelector("[data-cancel]").click();
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form.rename")) return later(form, ...back(form));
    if (!form.matches("form.edit")) return;
    if (form.elements.text.value.trim()) return later(form, "#message");
    event.preventDefault();
    event.stopPropagation();
  }, true);

  /* ---- the list: arrows, Home and End go through it, Enter opens, F2 renames, Delete deletes ---- */
  const rows = () => all(".convs .conv");
  const row = (link) => link.closest(".conv-row");
  const hold = (link) => rows().forEach((each) => {  // one stop for Tab, and the options of that row
    each.tabIndex = each === link ? 0 : -1;
    row(each).querySelector("summary").tabIndex = each === link ? 0 : -1;
  });
  const holder = () => rows().find((link) => link.tabIndex === 0);
  const shut = (but) => all(".conv-options[open]").forEach((options) => { if (options !== but) options.open = false; });

  const step = (link, key) => {
    const links = rows(), at = links.indexOf(link);
    return { ArrowDown: links[at + 1], ArrowUp: links[at - 1], Home: links[0], End: links.at(-1) }[key];
  };

  document.addEventListener("keydown", (event) => {
    const options = event.target.closest?.(".conv-options[open]");
    if (options && event.key === "Escape") {
      event.stopPropagation();
      options.open = false;
      return options.querySelector("summary").focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || composing(event)) return;
    const link = event.target.closest?.(".convs .conv");
    if (event.target.matches?.(".search input")) {
      if (event.key === "ArrowDown" && holder()) { event.preventDefault(); rows()[0].focus(); }
      if (event.key === "Escape" && event.target.value) { event.stopPropagation(); clear(event.target); }
    } else if (link) {
      const to = step(link, event.key);
      if (to) { event.preventDefault(); to.focus(); }
      if (event.key === "Delete") row(link).querySelector("[data-delete]").click();
      if (event.key === "F2") row(link).querySelector("[data-rename]").click();
    }
  }, true);

  const clear = (field) => {  // React listens to its own setter
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("focusin", (event) => {
    const held = event.target.closest?.(".conv-row");
    if (held?.querySelector(".conv")) hold(held.querySelector(".conv"));
  });

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("[data-cancel]")) later(at("form"), ...back(at("form")));
    else if (at("[data-delete]")) later(null, `[data-gone="${at("[data-delete]").dataset.delete}"] .btn`);
    else if (at(".gone-line .btn")) later(at(".gone-line"), `[data-row="${at(".gone-line").dataset.gone}"]`, ".search input");
    else if (at("[data-let-go]") && at("[data-let-go]") === document.activeElement) later(at(".gone-line"), ".search input");
    else if (at(".undo-edit .btn")) later(at(".undo-edit"), "#message");
    shut(at(".conv-menu") ? null : at(".conv-options"));
  }, true);

  /* ---- the way back stays for a while, and longer under the pointer or the focus ---- */
  const SECONDS = 12;
  let left = SECONDS;
  setInterval(() => {
    const line = $(".gone-line");
    if (!line) { left = SECONDS; return; }
    if (line.matches(":hover") || line.querySelector(":focus-visible")) return;
    left -= 1;
    if (left <= 0) line.querySelector("[data-let-go]").click();
  }, 1000);

  /* ---- what React changes ---- */
  const look = () => {
    const links = rows();
    if (links.length && links.filter((link) => link.tabIndex === 0).length !== 1) hold($(".convs .conv[aria-current=page]") || links[0]);
    const running = $("#composer")?.dataset.running === "true";
    for (const pencil of all(".me [data-edit]")) if (pencil.disabled !== running) pencil.disabled = running;
    const field = $("#edit-text");
    if (field && !field.dataset.begun) {
      field.dataset.begun = "true";
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
    if (!next || next.from?.isConnected) return;
    const found = next.selectors.map($).find(Boolean);
    if (!found) return;
    next = null;
    found.focus({ preventScroll: true });
  };
  changed(look);
})();
