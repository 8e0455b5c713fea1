// Dialogs, menus, messages, printing, and filters that apply themselves.

export function openOverlays() {
  document.addEventListener("click", (event) => {
    openDialog(event);
    closePart(event);
    closeMenus(event.target);
    if (event.target.closest("[data-print]")) window.print();
  });
  if (document.body.hasAttribute("data-print-now")) window.addEventListener("load", () => window.print());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(document.body);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });
  document.addEventListener("formdata", (event) => {
    if (event.target.matches("form[method=get]")) dropEmpty(event.formData);
  });
}

function openDialog(event) {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog || !dialog.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

function closePart(event) {
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-close]")) event.target.closest(".message").remove();
}

function closeMenus(target) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(target)) menu.removeAttribute("open");
  });
}

// An address names only the filters that are set.
function dropEmpty(data) {
  for (const name of new Set(data.keys())) {
    const values = data.getAll(name).filter((value) => value !== "");
    data.delete(name);
    values.forEach((value) => data.append(name, value));
  }
}
