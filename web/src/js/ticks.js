// Ticked rows: the head ticks all, shift ticks a stretch, the bar shows how many and what can be done with them.

let last = null;

export function countTicks() {
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches("[data-check-row]")) tick(box, event.shiftKey);
    if (box.matches("[data-check-all]")) setAll(box.closest("form"), box.checked);
    if (box.matches("[data-bulk-clear]")) setAll(box.closest("form"), false);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(show));
}

function boxes(form) {
  return [...form.querySelectorAll("[data-check-row]")];
}

function tick(box, isStretch) {
  const all = boxes(box.closest("form"));
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (isStretch && from >= 0) all.slice(from, to + 1).forEach((other) => (other.checked = box.checked));
  last = box;
  show(box.closest("form"));
}

function setAll(form, isTicked) {
  boxes(form).forEach((box) => (box.checked = isTicked));
  show(form);
}

function show(form) {
  const bar = form.querySelector("[data-bulk]");
  if (!bar) return;
  const all = boxes(form);
  const count = all.filter((box) => box.checked).length;
  bar.classList.toggle("is-on", count > 0);
  bar.querySelector("[data-bulk-count]").textContent = count;
  const head = form.querySelector("[data-check-all]");
  if (head) [head.checked, head.indeterminate] = [count === all.length && count > 0, count > 0 && count < all.length];
}
