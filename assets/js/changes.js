/* What React changes, told to all scripts by one observer: not the words of a reply that is being written, which nobody waits for. */
(() => {
  const looks = [];
  const attributeFilter = ["aria-busy", "data-conversation", "data-failures", "data-id", "data-ready", "data-running", "disabled"];
  const words = ({ target }) => Boolean(target.closest("#reply .prose"));

  new MutationObserver((changes) => { if (!changes.every(words)) for (const look of looks) look(); })
    .observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter });

  /* Calls `look` now and after every change, in the order of the scripts. */
  globalThis.changed = (look) => { looks.push(look); look(); };
})();
