// A long list of things to tick gets a field that narrows it to those whose name holds what is typed.

const LEAST = 10;

export function narrowPicks(root) {
  root.querySelectorAll(".picks").forEach((picks) => {
    const labels = [...picks.querySelectorAll("label")];
    if (labels.length < LEAST || picks.previousElementSibling) return;
    picks.before(fieldFor(labels));
    labels.filter(isTicked).reverse().forEach((label) => picks.prepend(rowOf(label)));
  });
}

function fieldFor(labels) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control picks-narrow";
  field.setAttribute("aria-label", document.getElementById("picks-narrow").content.textContent);
  field.placeholder = field.getAttribute("aria-label");
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // what narrows the list is not a part of the form
    labels.forEach((label) => rowOf(label).classList.toggle("is-hidden", !isWanted(label, field.value)));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return field;
}

function isWanted(label, typed) {
  return isTicked(label) || label.textContent.includes(typed.trim());
}

function isTicked(label) {
  return label.querySelector("input").checked;
}

function rowOf(label) {
  return label.parentElement;
}
