/* The composer: keys, a field that grows, a draft that survives a refresh, and a message that is given back when it did not arrive. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const fine = matchMedia("(pointer: fine)");
  const field = () => $("#message");
  const keep = (key, value) => {
    try { if (value) sessionStorage.setItem(key, value); else sessionStorage.removeItem(key); } catch { /* private mode: nothing is kept */ }
  };
  const kept = (key) => { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } };
  const DRAFT = "coffeebot-draft", ON_ITS_WAY = "coffeebot-on-its-way";
  const SOON = 1000, LATE = 25_000, LATE_AFTER_A_BREAK = 3000;  // ms: to show what is on its way; to give it back

  const grow = () => {
    const box = field();
    if (!box || CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, Math.round(innerHeight * 0.4))}px`;
  };
  const put = (text) => {
    const box = field();
    if (!box || !text || box.value === text) return;
    box.value = box.value ? `${text}\n${box.value}` : text;
    grow();
    keep(DRAFT, box.value);
  };
  const patience = (name) => { const line = $("#patience"); if (line) line.textContent = name ? line.dataset[name] : ""; };

  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    grow();
    keep(DRAFT, event.target.value);
  });

  /* ---- sending ---- */
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));  // randomUUID is for secure addresses only
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const read = (text) => { try { return JSON.parse(text); } catch { return null; } };
  let way = read(kept(ON_ITS_WAY)), since = 0, late = LATE;  // { key, text } of the message that has not been seen in the thread

  const arrived = (key) => document.querySelector(`#thread [data-id="${CSS.escape(key)}"]`);
  const wait = (shown) => {
    const slip = $("#waiting");
    if (!slip || slip.hidden === !shown) return;  // a change is looked at again
    slip.querySelector(".unsent").textContent = shown ? way.text : "";
    slip.hidden = !shown;
  };
  const over = () => { way = null; keep(ON_ITS_WAY, ""); wait(false); };
  const lost = () => {
    const { key, text } = way;
    over();
    put(text);
    patience("lost");
    returned = { key, text };
  };
  let returned = null;  // given back, and may yet arrive
  const check = () => {
    if (returned && arrived(returned.key)) {
      if (field().value === returned.text) { field().value = ""; keep(DRAFT, ""); grow(); }
      patience("");
      returned = null;
    }
    if (!way) return;
    if (arrived(way.key)) return over();
    if ($("#offline .alarm")) since = performance.now();  // the page sends it when the line is back
    const waited = performance.now() - since;
    if (waited > late) lost(); else if (waited > SOON || $("#offline .alarm")) wait(true);
  };
  setInterval(check, 500);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "composer") return;
    const text = field().value;
    const running = form.dataset.running === "true";
    if (running || way || !text.trim()) {  // keep what was typed
      event.preventDefault();
      event.stopPropagation();
      if (text.trim()) patience("running");
      return;
    }
    way = { key: newKey(), text };
    since = performance.now();
    late = LATE;
    returned = null;
    $("#key").value = way.key;
    keep(ON_ITS_WAY, JSON.stringify(way));
    keep(DRAFT, "");
    patience("");
    document.dispatchEvent(new Event("follow"));
    requestAnimationFrame(() => { grow(); field().focus({ preventScroll: true }); });
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".ask .chip, .follow .chip, .start") && fine.matches) field()?.focus({ preventScroll: true });
  });

  /* ---- keys ---- */
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;  // an input method has the keyboard
    const drawer = document.documentElement.dataset.drawer;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "Enter" && event.target === field() && !event.shiftKey) {
      event.preventDefault();
      $("#composer").requestSubmit();
    } else if (event.key === "Escape" && !drawer) {
      $(".composer .stop")?.click();
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !drawer) {
      event.preventDefault();
      field()?.focus();
    }
  });

  /* ---- a phone's keyboard, where it covers the page instead of making it smaller ---- */
  const lift = () => {
    const { height, offsetTop, scale } = visualViewport;
    const covered = scale > 1.01 ? 0 : Math.max(0, Math.round(innerHeight - height - offsetTop));
    document.documentElement.style.setProperty("--keyboard", `${covered}px`);
  };
  if (window.visualViewport) for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, lift);

  /* ---- what React changes ---- */
  let failures = "0", ready = false, ran = false;
  const look = () => {
    const form = $("#composer"), main = $("#main");
    if (!form || !main) return;
    const now = main.dataset.ready === "true";
    if (now && !ready && way) { since = performance.now(); late = LATE_AFTER_A_BREAK; }  // the page was built again
    ready = now;
    if (form.dataset.failures !== failures) {
      failures = form.dataset.failures;
      if (way) over();
      put(form.dataset.unsent);
    }
    const runs = form.dataset.running === "true";
    if (ran && !runs) patience("");
    ran = runs;
    check();
  };
  changed(look);
  put(kept(DRAFT));
})();
