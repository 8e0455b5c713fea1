// The county on one page: its charts, its lists, and the wall of a meeting room.

import { drawCharts, fitCharts, printCharts } from "./charts.js";
import { fitLists } from "./fits.js";
import { turnWall } from "./wall.js";

fitLists();
drawCharts(document);
turnWall();
addEventListener("resize", fitCharts);
addEventListener("resize", fitLists);
printCharts();
