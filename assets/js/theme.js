/* Light or dark, settled before the first paint. The choice is kept under Reflex's own key, so that both agree. */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const apply = () => {
    const chosen = kept("theme");
    const theme = chosen === "dark" || chosen === "light" ? chosen : system.matches ? "dark" : "light";
    root.dataset.theme = theme;
    root.style.colorScheme = theme;
  };

  apply();
  if (kept("coffeebot-talked")) root.dataset.talked = "";  // a conversation is about to appear: do not flash the empty page
  system.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    try { localStorage.setItem("theme", root.dataset.theme === "dark" ? "light" : "dark"); } catch { return; }
    apply();
  });
})();
