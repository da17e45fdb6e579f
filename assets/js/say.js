/* The page's words: each place has one text a language, in the order of <html data-languages>, and the reader gets the one of <html lang>. */
(() => {
  const root = document.documentElement;
  const languages = (root.dataset.languages || "en").split(" ");
  const spoken = Math.max(languages.indexOf(root.lang), 0);

  globalThis.say = (texts, values) => {
    const text = texts[spoken];
    return values ? text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place) : text;
  };

  globalThis.place = (name, fallback) => root.dataset[name] ?? fallback;

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-language]");
    if (!chosen) return;
    const next = languages[(spoken + 1) % languages.length];
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `coffeebot_language=${next}; Max-Age=31536000; Path=/; SameSite=Lax${secure}`;
    location.reload();
  });
})();
