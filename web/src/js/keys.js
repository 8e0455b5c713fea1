// Keys: / goes to the search; in a list j and k move, Enter opens, x ticks; ? shows this.

const AT = "is-at";

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = ACTS[event.key];
    if (act && act(event)) event.preventDefault();
  });
}

const ACTS = {
  "/": () => focus(document.querySelector("[data-search]")),
  "?": () => showKeys(),
  j: () => move(1),
  k: () => move(-1),
  x: () => click("[data-check-row]"),
  Enter: (event) => event.target === document.body && click("a[data-beside], a"),
};

function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") !== null;
}

function focus(field) {
  if (field) field.select();
  return Boolean(field);
}

function showKeys() {
  const keys = document.getElementById("keys");
  if (!keys || keys.open) return false;
  keys.showModal();
  return true;
}

function move(by) {
  const rows = [...document.querySelectorAll("[data-list] [data-row]")];
  const at = rows.findIndex((row) => row.classList.contains(AT));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (!next) return false;
  rows.forEach((row) => row.classList.toggle(AT, row === next));
  next.scrollIntoView({ block: "nearest" });
  if (document.activeElement) document.activeElement.blur();
  return true;
}

function click(selector) {
  const part = document.querySelector(`.${AT}`) && document.querySelector(`.${AT}`).querySelector(selector);
  if (part) part.click();
  return Boolean(part);
}
