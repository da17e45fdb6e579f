/* Scrolling: the words are followed only while the reader is at the end, and whoever reads further up stays where they are. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const root = document.documentElement;
  const page = () => document.scrollingElement;
  const NEAR = 96, TOP = 80;  // px: of the end, and under the bar
  const keep = (key, value) => {
    try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* private mode: nothing is kept */ }
  };

  let following = true, height = 0, settling = 0, place = null, conversation = null;
  const gap = () => page().scrollHeight - innerHeight - scrollY;
  const talking = () => Boolean($("#main")?.dataset.conversation);
  const ready = () => $("#main")?.dataset.ready === "true";
  const toEnd = () => scrollTo({ top: page().scrollHeight, behavior: "instant" });
  const mark = () => { const latest = $("#latest"); if (latest) latest.hidden = following || !talking(); };
  const follow = () => { following = true; toEnd(); mark(); };
  const settle = () => { settling = performance.now() + 500; follow(); };

  /* The message at the top of the window, and where it stands. */
  const look = () => {
    const message = [...document.querySelectorAll("#thread [data-id]")].find((one) => one.getBoundingClientRect().bottom > TOP);
    place = message ? { id: message.dataset.id, top: message.getBoundingClientRect().top } : place;
  };
  const stay = () => {
    const message = place && document.querySelector(`[data-id="${CSS.escape(place.id)}"]`);
    const moved = message ? message.getBoundingClientRect().top - place.top : 0;
    if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: "instant" });
  };

  for (const hand of ["wheel", "touchmove", "keydown"]) addEventListener(hand, () => { settling = 0; }, { passive: true });
  addEventListener("scroll", () => {
    if (!ready()) return;  // the page is being built again
    if (performance.now() < settling && gap() > 1) return toEnd();  // the router restores an older place
    if (page().scrollHeight === height) {  // the reader moved, not the page
      following = gap() < NEAR;
      look();
    }
    height = page().scrollHeight;
    mark();
  }, { passive: true });
  new ResizeObserver(() => {
    if (!ready()) return;
    if (following && talking()) toEnd(); else { stay(); following = gap() < NEAR && page().scrollHeight <= height; }
    height = page().scrollHeight;
    mark();
  }).observe(document.body);

  document.addEventListener("follow", follow);
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("#latest, .ask .chip, .follow .chip, .start")) follow();
    else if (at("#earlier")) {
      const first = $("#thread [data-id]");
      following = false;
      place = first && { id: first.dataset.id, top: first.getBoundingClientRect().top };
    }
  });

  const opened = () => {
    const main = $("#main");
    if (!main || main.dataset.ready !== "true" || main.dataset.conversation === conversation) return;
    conversation = main.dataset.conversation;
    keep("coffeebot-talked", conversation);
    if (conversation) root.dataset.talked = ""; else delete root.dataset.talked;
    place = null;
    if (conversation) settle(); else scrollTo({ top: 0, behavior: "instant" });
  };
  changed(opened);

  /* How tall the dock is: what floats stays above it, and so does what gets the focus. */
  let dock = null;
  const measure = new ResizeObserver(() => root.style.setProperty("--dock", `${Math.round(dock.getBoundingClientRect().height)}px`));
  changed(() => {
    if ($(".dock") === dock) return;
    measure.disconnect();
    dock = $(".dock");
    if (dock) measure.observe(dock);
  });
})();
