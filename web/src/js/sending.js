// A form is sent once: a second press while the first is on its way does nothing.

const SENDING = "aria-busy";

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get") return;
    if (form.getAttribute(SENDING) === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute(SENDING, "true");
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.removeAttribute(SENDING));
  window.addEventListener("pageshow", release); // The page came back from the browser's memory.
}

function release() {
  document.querySelectorAll(`form[${SENDING}]`).forEach((form) => form.removeAttribute(SENDING));
}
