// On a wide screen a row opens its story beside the list, and what is sent there is answered there; elsewhere the
// row's link is followed. The list keeps its place.

const WIDE = "(min-width: 1200px)";

export function openBeside(htmx) {
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    const aside = document.getElementById("beside");
    if (event.target.closest("[data-beside-close]")) close(aside);
    if (!link) return;
    if (aside && matchMedia(WIDE).matches) {
      event.preventDefault();
      show(htmx, link, aside);
    } else if (!event.target.closest("a")) {
      link.click();
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "beside") answerHere(htmx, event.detail.target);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, successful, target } = event.detail;
    if (!target || target.id !== "beside") return;
    if (successful && requestConfig.verb !== "get") markHandled();
    if (!successful && target.hasAttribute("aria-busy")) close(target);
  });
}

// The link a click is meant for: the one under it, or the main one of the row when nothing else lies there.
function linkOf(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const link = event.target.closest("a");
  if (link) return link.hasAttribute("data-beside") ? link : null;
  if (event.target.closest("button, input, label, select, textarea, summary") || String(getSelection())) return null;
  const row = event.target.closest("[data-row]");
  return row && row.querySelector("a[data-beside]");
}

function show(htmx, link, aside) {
  close(aside);
  aside.closest(".pair").classList.add("is-open");
  link.closest("[data-row]").classList.add("is-open");
  aside.dataset.page = link.href;
  aside.setAttribute("aria-busy", "true");
  const ways = { target: aside, select: ".page-body", swap: "innerHTML" };
  htmx.ajax("GET", link.href, ways).catch(() => close(aside)); // failures.js says what happened
}

function close(aside) {
  const pair = aside.closest(".pair");
  [pair, ...pair.querySelectorAll(".is-open")].forEach((part) => part.classList.remove("is-open"));
  aside.textContent = "";
  aside.removeAttribute("aria-busy");
}

function answerHere(htmx, aside) {
  aside.removeAttribute("aria-busy");
  aside.scrollTop = 0;
  const bar = document.getElementById("beside-bar").content.cloneNode(true);
  bar.querySelector("[data-beside-page]").href = aside.dataset.page;
  aside.prepend(bar);
  aside.querySelectorAll("form[method=post]").forEach((form) => {
    const ways = { "hx-boost": "true", "hx-target": "#beside", "hx-select": ".page-body", "hx-push-url": "false" };
    Object.entries(ways).forEach(([name, value]) => form.setAttribute(name, value));
    htmx.process(form);
  });
}

function markHandled() {
  document.querySelectorAll("[data-row].is-open").forEach((row) => row.classList.add("is-handled"));
}
