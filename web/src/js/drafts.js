// What is typed into form[data-draft-key] is kept in this browser, for this person, until the server has taken it.
//
// A draft that was sent is dropped when the answer is a page of ours that neither reports a failure (data-failed)
// nor shows the same form again with its errors (data-draft-bound). Without an answer, or when the person came to the
// page by another way than the answer, it stays.

const PREFIX = "sushui-draft:";
const SENT = "sushui-sent";
const LEFT_OUT = "[type=password], [type=file], [type=hidden], [type=submit], [type=search]";

export function settleDrafts() {
  const key = sessionStorage.getItem(SENT);
  if (!key) return;
  sessionStorage.removeItem(SENT);
  if (isAnswer() && !wasRefused(key)) localStorage.removeItem(key);
}

function wasRefused(key) {
  const shownAgain = (form) => keyOf(form) === key && form.hasAttribute("data-draft-bound");
  return document.body.hasAttribute("data-failed") || [...document.querySelectorAll("form")].some(shownAgain);
}

// A page opened from an address, by "back" or by "reload" answers nothing.
function isAnswer() {
  const [entry] = performance.getEntriesByType("navigation");
  return document.referrer.startsWith(location.origin) && (!entry || entry.type === "navigate");
}

export function keepDrafts(root) {
  const forms = [...root.querySelectorAll("form[data-draft-key]")];
  if (root.matches("form[data-draft-key]")) forms.push(root);
  forms.forEach(keep);
}

function keep(form) {
  const key = keyOf(form);
  const typed = read(key);
  if (typed && !form.hasAttribute("data-draft-bound") && fill(form, typed)) offerToDrop(form, key);
  form.addEventListener("input", () => write(key, form));
  form.addEventListener("change", () => write(key, form));
  form.addEventListener("submit", () => {
    if (!form.matches("[hx-boost], [hx-post]")) sessionStorage.setItem(SENT, key);
  });
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status < 400) localStorage.removeItem(key); // before the answer shows the form anew
  });
}

function keyOf(form) {
  return `${PREFIX}${document.body.dataset.person}:${form.dataset.draftKey}`;
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.matches(LEFT_OUT) && "value" in field);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, form) {
  try {
    localStorage.setItem(key, JSON.stringify(fields(form).map(valueOf)));
  } catch {
    // The browser's store is full or closed: the form still works.
  }
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return [field.name, field.checked, field.value];
  if (field.type === "select-multiple") return [field.name, [...field.selectedOptions].map((option) => option.value)];
  return [field.name, field.value];
}

// Put the typing back where the form has the same fields in the same order; say whether anything differed.
function fill(form, typed) {
  const present = fields(form);
  if (typed.length !== present.length || typed.some(([name], at) => name !== present[at].name)) return false;
  const differing = present.filter((field, at) => JSON.stringify(valueOf(field)) !== JSON.stringify(typed[at]));
  present.forEach((field, at) => put(field, typed[at][1]));
  return differing.length > 0;
}

function put(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.type === "select-multiple") {
    [...field.options].forEach((option) => (option.selected = value.includes(option.value)));
  } else field.value = value;
}

function offerToDrop(form, key) {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.append(document.getElementById("draft-found").content.cloneNode(true));
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "plain-button";
  drop.append(document.getElementById("draft-drop").content.cloneNode(true));
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    note.remove();
  });
  note.append(drop);
  form.prepend(note);
}
