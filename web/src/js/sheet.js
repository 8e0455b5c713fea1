// A table that is used like a spreadsheet: arrows, Home and End move from cell to cell; Enter opens the row (keys.js).

const ROW = "is-at";
const CELL = "is-cell";
const STEPS = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [10, 0],
  PageUp: [-10, 0],
};

export function moveInSheets() {
  document.querySelectorAll("[data-sheet]").forEach((sheet) => {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.target !== document.body && !sheet.contains(event.target)) return;
      if (event.target.closest("input, select, textarea, summary")) return;
      if (go(sheet, event.key)) event.preventDefault();
    });
    sheet.addEventListener("click", (event) => {
      const cell = event.target.closest("tbody td");
      if (cell) mark(sheet, cell.parentElement, cell.cellIndex);
    });
  });
}

function go(sheet, key) {
  const rows = [...sheet.querySelectorAll("tbody [data-row]")];
  if (!rows.length) return false;
  const current = sheet.querySelector(`tbody .${ROW}`);
  const cell = sheet.querySelector(`.${CELL}`);
  const at = [rows.indexOf(current), cell ? cell.cellIndex : 0];
  if (key === "Home" || key === "End") {
    return mark(sheet, current || rows[0], key === "Home" ? 0 : rows[0].cells.length - 1);
  }
  if (!STEPS[key]) return false;
  const row = rows[within(at[0] + STEPS[key][0], rows.length)];
  return mark(sheet, row, within(at[1] + STEPS[key][1], row.cells.length));
}

function within(place, count) {
  return Math.min(Math.max(place, 0), count - 1);
}

function mark(sheet, row, column) {
  sheet.querySelectorAll(`.${ROW}`).forEach((other) => other.classList.remove(ROW));
  sheet.querySelectorAll(`.${CELL}`).forEach((other) => other.classList.remove(CELL));
  row.classList.add(ROW);
  const cell = row.cells[column];
  cell.classList.add(CELL);
  bring(sheet, cell);
  return true;
}

// The marked cell comes out from under the head, the foot and the first column, which stand still.
function bring(sheet, cell) {
  const head = sheet.querySelector("thead").offsetHeight;
  const foot = sheet.querySelector("tfoot").offsetHeight;
  const first = cell.parentElement.cells[0].offsetWidth;
  const [place, box] = [cell.getBoundingClientRect(), sheet.getBoundingClientRect()];
  const above = place.top - box.top - head;
  const below = place.bottom - (box.top + sheet.clientHeight - foot);
  if (above < 0) sheet.scrollTop += above;
  else if (below > 0) sheet.scrollTop += below;
  if (!cell.cellIndex) {
    sheet.scrollLeft = 0;
    return;
  }
  const left = place.left - box.left - first;
  const right = place.right - (box.left + sheet.clientWidth);
  if (left < 0) sheet.scrollLeft += left;
  else if (right > 0) sheet.scrollLeft += right;
}
