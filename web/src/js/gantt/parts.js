// How the parts of a row are drawn: plain SVG with classes; colors and lines stand in the style sheet.

import { textOf } from "./time.js";

const SVG = "http://www.w3.org/2000/svg";
export const ROW = 44;
export const CHILD = 30;

export function el(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function svg(name, attributes = {}, title = "") {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (title) made.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: title }));
  return made;
}

export function fill(words, values) {
  return words.replace(/{(\w+)}/g, (_, name) => values[name]);
}

// A bar from a day to a day (the last one included); what is open runs on to `until`, without an edge there.
function bar(scale, [from, to], until, y, height, className, title) {
  const end = to === null ? until : to + 1;
  const left = scale.x(from);
  return svg("rect", { x: left, y, width: Math.max(scale.x(end) - left, 2), height, class: className }, title);
}

function diamond(scale, day, y, className, title) {
  const [x, size] = [scale.x(day + 0.5), 6];
  return svg("path", { d: `M${x} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`, class: className }, title);
}

const isMark = (bar) => bar.plan[0] !== null && bar.plan[0] === bar.plan[1];
const endOf = (bar) => bar.done[1] ?? bar.done[0] ?? bar.plan[1] ?? bar.plan[0];
const beginOf = (bar) => bar.done[0] ?? bar.plan[0] ?? bar.done[1] ?? bar.plan[1];

function range(words, [from, to]) {
  return fill(words, { from: from === null ? "?" : textOf(from), to: to === null ? "…" : textOf(to) });
}

// The project itself: the plan above, the actual below it, and its marks on the plan's line.
export function drawProject(row, scale, today, words) {
  const parts = [];
  const [from, to] = row.plan;
  if (row.first !== null && row.first !== from) {
    parts.push(svg("line", { x1: scale.x(row.first), x2: scale.x(row.first), y1: 6, y2: 22, class: "gantt-first" }, fill(words.first, { day: textOf(row.first) })));
  }
  if (from !== null) {
    const open = to === null ? " is-open" : "";
    parts.push(bar(scale, [from, to], from + 90, 8, 12, `gantt-plan${open}`, range(words.plan, row.plan)));
  }
  parts.push(...drawDone(row.done, to, scale, today, 23, 10, range(words.done, row.done)));
  row.bars.filter(isMark).forEach((each) => parts.push(...drawMark(each, scale, today, 14, words)));
  return parts;
}

// What was done, in two pieces where it ran on beyond the plan.
function drawDone(done, planned, scale, today, y, height, title) {
  if (done[0] === null) return [];
  const end = done[1] ?? Math.max(today, done[0]);
  const open = done[1] === null ? " is-open" : "";
  if (planned === null || end <= planned) return [bar(scale, [done[0], end], end, y, height, `gantt-done${open}`, title)];
  const late = bar(scale, [Math.max(planned + 1, done[0]), end], end, y, height, `gantt-done is-late${open}`, title);
  return done[0] > planned ? [late] : [bar(scale, [done[0], planned], end, y, height, "gantt-done", title), late];
}

function drawMark(each, scale, today, y, words) {
  const [planned, reached] = [each.plan[0], each.done[1] ?? each.done[0]];
  const late = reached === null ? planned < today : reached > planned;
  const said = [each.name, fill(words.planned, { day: textOf(planned) })];
  if (reached !== null) said.push(fill(words.reached, { day: textOf(reached) }));
  else if (late) said.push(fill(words.late, { days: today - planned }));
  const title = said.join(", ");
  const parts = [diamond(scale, planned, y, `gantt-mark${late && reached === null ? " is-late" : ""}`, title)];
  if (reached !== null) parts.push(diamond(scale, reached, y, `gantt-mark is-reached${late ? " is-late" : ""}`, title));
  return parts;
}

// One of the project's bars on a line of its own.
export function drawBar(each, scale, today, top, words) {
  if (isMark(each)) return drawMark(each, scale, today, top + CHILD / 2, words);
  const parts = [];
  if (each.plan[0] !== null) {
    parts.push(bar(scale, each.plan, each.plan[0] + 30, top + 5, 9, "gantt-plan", range(words.plan, each.plan)));
  }
  return [...parts, ...drawDone(each.done, each.plan[1], scale, today, top + 16, 8, range(words.done, each.done))];
}

// An arrow from the end of each bar to the begin of those that come after it; a clash is marked.
export function drawArrows(bars, scale) {
  const places = new Map(bars.map((each, place) => [each.key, place]));
  return bars.flatMap((each, place) =>
    each.after
      .filter((key) => places.has(key))
      .map((key) => {
        const before = bars[places.get(key)];
        const [end, begin] = [endOf(before), beginOf(each)];
        if (end === null || begin === null) return null;
        const [x1, x2] = [scale.x(end + 0.5), scale.x(begin + 0.5)];
        const [y1, y2] = [places.get(key), place].map((line) => ROW + line * CHILD + CHILD / 2);
        const side = y2 > y1 ? -1 : 1;
        const clash = begin < end ? " is-late" : "";
        const d = `M${x1} ${y1 - side * 6}V${y2 + side * 11}H${x2}V${y2 + side * 7}`;
        const head = `M${x2} ${y2 + side * 7}l-3 ${side * 5}h6z`;
        return svg("path", { d: d + head, class: `gantt-arrow${clash}` });
      })
      .filter(Boolean),
  );
}
