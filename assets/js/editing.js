/* The keys of what is written in place (a message, a conversation's name), and where the focus goes afterwards. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  let next = null;  // what to focus once the form has gone
  const later = (selector) => { next = selector; };

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.edit");
    if (!form || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      event.stopPropagation();  // it stops no reply
      form.querySelector("[data-cancel]").click();
    }
  }, true);

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.edit")) return;
    if (event.target.elements.text.value.trim()) return later("#message");
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-cancel=edit]")) later(`[data-edit="${event.target.closest("form").dataset.message}"]`);
    else if (event.target.closest?.(".undo-edit .btn")) later("#message");
  }, true);

  new MutationObserver(() => {
    const field = $("#edit-text");
    if (field && field.dataset.at !== "end") {
      field.dataset.at = "end";
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
    if (!next || field || document.activeElement !== document.body) return;  // the focus is still somewhere
    const found = $(next);
    if (!found) return;
    next = null;
    found.focus({ preventScroll: true });
  }).observe(document.body, { subtree: true, childList: true });
})();
