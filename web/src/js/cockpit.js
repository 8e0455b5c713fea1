// The county on one page: its charts, and the wall of a meeting room.

import { drawCharts, fitCharts, printCharts } from "./charts.js";
import { turnWall } from "./wall.js";

drawCharts(document);
turnWall();
addEventListener("resize", fitCharts);
printCharts();
