// The sheet under the search box: shown while there is something in it; arrows move, Enter opens, Escape shuts it.

const AT = "is-at";

export function showSuggestions() {
  const box = document.querySelector("[data-search]");
  const sheet = document.getElementById("suggestions");
  if (!box || !sheet) return;
  sheet.addEventListener("htmx:afterSwap", () => open(box, sheet));
  box.addEventListener("focus", () => open(box, sheet));
  box.addEventListener("keydown", (event) => pressed(event, box, sheet));
  document.addEventListener("click", (event) => {
    if (!box.form.contains(event.target)) shut(box, sheet);
  });
  box.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.form.contains(event.relatedTarget)) shut(box, sheet);
  });
}

function open(box, sheet) {
  mark(box, sheet, null);
  sheet.hidden = document.activeElement !== box || sheet.childElementCount === 0;
  box.setAttribute("aria-expanded", String(!sheet.hidden));
}

function shut(box, sheet) {
  sheet.hidden = true;
  mark(box, sheet, null);
  box.setAttribute("aria-expanded", "false");
}

function pressed(event, box, sheet) {
  if (event.isComposing) return; // the keys belong to the input method
  const options = sheet.hidden ? [] : [...sheet.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.classList.contains(AT));
  if (event.key === "Escape" && !sheet.hidden) shut(box, sheet);
  else if (event.key === "ArrowDown" && options.length) mark(box, sheet, options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp" && options.length) mark(box, sheet, options[at > 0 ? at - 1 : options.length - 1]);
  else if (event.key === "Enter" && at >= 0) options[at].click();
  else return;
  event.preventDefault();
}

function mark(box, sheet, chosen) {
  sheet.querySelectorAll("[role=option]").forEach((option) => {
    option.classList.toggle(AT, option === chosen);
    option.setAttribute("aria-selected", String(option === chosen));
  });
  if (chosen) {
    chosen.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", chosen.id);
  } else box.removeAttribute("aria-activedescendant");
}
