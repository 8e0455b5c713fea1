// At a desk the cockpit ends where the screen ends: its lists show as many rows as have room, and lead to all of them.
// Narrower pages, pages without script and paper show as many as the server says.

const FEWEST = 5;
const MARGIN = 8;
const DESK = matchMedia("(min-width: 1101px)");

export function fitLists() {
  document.querySelectorAll(".cockpit [data-fits]").forEach((list) => {
    const rows = Array.from(list.querySelectorAll("tbody tr"));
    rows.forEach((row) => {
      if (!row.dataset.first) row.dataset.first = row.classList.contains("is-further") ? "no" : "yes";
    });
    const first = rows.filter((row) => row.dataset.first === "yes").length;
    fold(list, rows, DESK.matches ? roomFor(list, rows) : first);
  });
}

function fold(list, rows, first) {
  rows.forEach((row, index) => row.classList.toggle("is-further", index >= first));
  list.querySelector("[data-more]").hidden = first >= rows.length;
}

// How many rows end above the screen's end, beside everything else that stands in the column.
function roomFor(list, rows) {
  fold(list, rows, rows.length);
  let over = overflow(list);
  if (over <= 0) return rows.length;
  list.querySelector("[data-more]").hidden = false;
  over = overflow(list);
  const heights = rows.map((row) => row.offsetHeight);
  let first = rows.length;
  while (over > 0 && first > FEWEST) over -= heights[--first];
  return first;
}

function overflow(list) {
  const column = list.closest(".cockpit-column");
  return column.getBoundingClientRect().bottom + scrollY + MARGIN - innerHeight;
}
