/* The drawers of the chat page, and where the focus goes when a line is struck off the card.
   It listens on the document, because React may put any element anew. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const root = document.documentElement;

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
    else if (at("[data-strike]")) struck = [...document.querySelectorAll("[data-strike]")].indexOf(at("[data-strike]"));
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && root.dataset.drawer) shut(); });

  /* ---- what React changes ---- */
  let lines = 0;
  const look = () => {
    const left = document.querySelectorAll("[data-strike]");
    if (struck >= 0 && left.length < lines) {
      (left[Math.min(struck, left.length - 1)] || $("#taste .sheet")).focus({ preventScroll: true });
      struck = -1;
    }
    lines = left.length;
  };
  changed(look);
})();
