// The ways to look at the ledger: the grid's cells by the keyboard, the board's columns, the Gantt chart.

import { drawGantt } from "./gantt.js";
import { moveInSheets } from "./sheet.js";

moveInSheets();
document.querySelectorAll("[data-gantt]").forEach(drawGantt);
