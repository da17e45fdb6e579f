/* Copies a message as plain text: what was said, and the names of the coffees. */
(() => {
  const say = (name) => {
    const text = document.querySelector("#announcer").dataset[name];
    document.dispatchEvent(new CustomEvent("announce", { detail: text }));
  };
  const line = (part) => part.matches("ul, ol") ? [...part.children].map((item) => `- ${item.textContent}`).join("\n")
    : part.matches(".pick") ? `${part.querySelector(".pn-tag").textContent}. ${part.getAttribute("aria-label")}` : part.textContent;
  const plain = (message) => [...message.querySelectorAll(".slip, .prose, .pick, .ask > p, .asked")].map(line).join("\n\n");

  /* Without a secure address or without permission there is no clipboard: the old way, then the reader's own hand. */
  const byOldWay = (text) => {
    const sheet = document.body.appendChild(document.createElement("textarea"));
    sheet.value = text;
    sheet.className = "vh";
    sheet.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* not allowed here: the caller selects instead */ }
    sheet.remove();
    return done;
  };
  const select = (message) => {
    const range = document.createRange();
    const parts = message.querySelectorAll(".slip, .prose, .pick, .ask > p, .asked");
    range.setStartBefore(parts[0]);
    range.setEndAfter(parts[parts.length - 1]);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    const message = button?.closest("[data-id]");
    if (!message) return;
    const text = plain(message);
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch { done = byOldWay(text); button.focus({ preventScroll: true }); }
    if (!done) { select(message); say("selected"); return; }
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, 2000);
    say("copied");
  });
})();
