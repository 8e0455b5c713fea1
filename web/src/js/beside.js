// On a wide screen a row opens its story beside the list; elsewhere its link is followed.

const WIDE = "(min-width: 1200px)";

export function openBeside(htmx) {
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link) return;
    const aside = document.getElementById("beside");
    if (aside && link.hasAttribute("data-beside") && matchMedia(WIDE).matches) {
      event.preventDefault();
      show(htmx, link, aside);
    } else if (!event.target.closest("a")) {
      link.click();
    }
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
  const pair = aside.closest(".pair");
  pair.querySelectorAll(".is-open").forEach((row) => row.classList.remove("is-open"));
  link.closest("[data-row]").classList.add("is-open");
  aside.setAttribute("aria-busy", "true");
  htmx.ajax("GET", link.href, { target: aside, select: ".page-body", swap: "innerHTML" }).then(() => {
    aside.removeAttribute("aria-busy");
    pair.classList.add("is-open");
    aside.scrollTop = 0;
  });
}
