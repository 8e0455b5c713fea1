// What every page does in the browser. All basic ways work without it: it saves steps and keeps what was typed.

import htmx from "htmx.org";

import { openBeside } from "./beside.js";
import { keepDrafts, settleDrafts } from "./drafts.js";
import { showFailures } from "./failures.js";
import { listenToKeys } from "./keys.js";
import { openOverlays } from "./overlays.js";
import { narrowPicks } from "./picks.js";
import { countTicks } from "./ticks.js";
import { sendOnce } from "./sending.js";
import { showSuggestions } from "./suggestions.js";

window.htmx = htmx;
document.documentElement.classList.add("has-script");

settleDrafts();
sendOnce();
countTicks();
listenToKeys();
openOverlays();
openBeside(htmx);
showFailures();
showSuggestions();
htmx.onLoad(keepDrafts);
htmx.onLoad(narrowPicks);
