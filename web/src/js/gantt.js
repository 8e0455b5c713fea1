// The Gantt chart. Only the rows in sight are in the page; the browser scrolls them itself, both ways.

import { CHILD, ROW, drawArrows, drawBar, drawProject, el, fill, svg } from "./gantt/parts.js";
import { Scale, dayOf, reachOf, textOf } from "./gantt/time.js";

const AROUND = 600; // pixels above and below what is seen that are drawn already

export function drawGantt(frame) {
  new Chart(frame).load();
}

class Chart {
  constructor(frame) {
    this.frame = frame;
    this.words = frame.dataset;
    this.today = dayOf(frame.dataset.today);
    this.rows = [];
    this.reach = [this.today, this.today]; // the first day and the last that the chart has to hold
    this.open = new Set();
    this.drawn = new Map();
    this.month = 12;
    this.box = frame.querySelector("[data-gantt-box]");
    this.sheet = this.box.appendChild(el("div", "gantt-sheet"));
    this.listen();
  }

  async load() {
    try {
      for (let after = ""; after !== null; ) {
        const url = after ? `${this.words.gantt}&after=${encodeURIComponent(after)}` : this.words.gantt;
        const answer = await fetch(url, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        const found = await answer.json();
        this.take(found.rows);
        after = found.after || null;
      }
    } catch (error) {
      this.say(this.words.failed);
    }
  }

  take(rows) {
    const isFirst = !this.rows.length;
    const found = rows.map(read);
    this.rows.push(...found);
    this.reach = found.reduce((reach, row) => reachOf(reach, daysOf(row), this.today), this.reach);
    this.lay();
    if (isFirst) this.goToday();
    this.say(fill(this.words.loaded, { here: this.rows.length, all: this.words.count }));
    this.frame.dataset.here = this.rows.length;
  }

  say(text) {
    this.frame.querySelector("[data-gantt-said]").textContent = text;
  }

  listen() {
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    };
    this.box.addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    this.frame.addEventListener("click", (event) => this.act(event.target));
  }

  act(target) {
    const zoom = target.closest("[data-gantt-zoom]");
    const opener = target.closest("[data-gantt-open]");
    if (zoom) this.zoom(zoom);
    if (target.closest("[data-gantt-today]")) this.goToday();
    if (target.closest("[data-gantt-all]")) this.openAll();
    if (opener) this.turn(Number(opener.dataset.ganttOpen));
  }

  zoom(button) {
    const center = (this.box.scrollLeft + this.box.clientWidth / 2) / this.scale.width;
    this.frame.querySelectorAll("[data-gantt-zoom]").forEach((each) => each.removeAttribute("aria-pressed"));
    button.setAttribute("aria-pressed", "true");
    this.month = Number(button.dataset.ganttZoom);
    this.lay();
    this.box.scrollLeft = center * this.scale.width - this.box.clientWidth / 2;
  }

  turn(place) {
    if (!this.open.delete(place)) this.open.add(place);
    this.lay();
    const opener = this.sheet.querySelector(`[data-gantt-open="${place}"]`);
    if (opener) opener.focus();
  }

  openAll() {
    const everything = this.rows.map((_, place) => place).filter((place) => this.rows[place].bars.length);
    this.open = new Set(this.open.size === everything.length ? [] : everything);
    this.lay();
  }

  goToday() {
    this.box.scrollLeft = this.scale.x(this.today) - (this.box.clientWidth - this.names) / 2;
  }

  // Work out where everything stands; what is in sight is drawn anew.
  lay() {
    this.scale = new Scale(this.reach, this.month);
    let top = 0;
    this.tops = this.rows.map((row, place) => {
      const mine = top;
      top += ROW + (this.open.has(place) ? row.bars.length * CHILD : 0);
      return mine;
    });
    this.height = top;
    this.drawn.clear();
    this.sheet.textContent = "";
    this.sheet.append(this.head(), this.todayLine());
    this.names = this.sheet.querySelector(".gantt-name").offsetWidth;
    this.headHeight = this.sheet.firstChild.offsetHeight;
    this.sheet.style.width = `${this.names + this.scale.width}px`;
    this.sheet.style.height = `${this.headHeight + this.height}px`;
    const line = this.sheet.querySelector(".gantt-today");
    line.style.left = `${this.names + this.scale.x(this.today + 0.5)}px`;
    line.style.height = `${this.height}px`;
    this.draw();
  }

  head() {
    const made = el("div", "gantt-head");
    const lines = svg("svg", { width: this.scale.width, height: 40, "aria-hidden": "true" });
    for (const [from, , label] of this.scale.years()) {
      lines.append(svg("line", { x1: this.scale.x(from), x2: this.scale.x(from), y1: 0, y2: 40 }));
      const text = svg("text", { x: this.scale.x(from) + 5, y: 15, class: "gantt-year" });
      text.textContent = fill(this.words.year, { year: label });
      lines.append(text);
    }
    for (const [from, to, label] of this.scale.parts()) {
      lines.append(svg("line", { x1: this.scale.x(from), x2: this.scale.x(from), y1: 20, y2: 40 }));
      const text = svg("text", { x: (this.scale.x(from) + this.scale.x(to)) / 2, y: 34, class: "gantt-part" });
      text.textContent = label;
      lines.append(text);
    }
    made.append(el("div", "gantt-name"), lines);
    return made;
  }

  todayLine() {
    return el("div", "gantt-today");
  }

  draw() {
    if (!this.rows.length) return;
    const top = this.box.scrollTop - AROUND;
    const bottom = this.box.scrollTop + this.box.clientHeight + AROUND;
    const first = Math.max(this.at(top), 0);
    const seen = new Set();
    for (let place = first; place < this.rows.length && this.tops[place] < bottom; place += 1) {
      seen.add(place);
      if (!this.drawn.has(place)) this.put(place);
    }
    for (const [place, block] of this.drawn) {
      if (seen.has(place)) continue;
      block.remove();
      this.drawn.delete(place);
    }
  }

  // The last row that begins at or above a height.
  at(height) {
    let [low, high] = [0, this.tops.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.tops[middle] <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  put(place) {
    const row = this.rows[place];
    const bars = this.open.has(place) ? row.bars : [];
    const block = el("div", "gantt-row");
    const height = ROW + bars.length * CHILD;
    block.style.transform = `translateY(${this.headHeight + this.tops[place]}px)`;
    block.style.height = `${height}px`;
    const lines = svg("svg", { width: this.scale.width, height });
    lines.append(...this.grid(height), ...drawProject(row, this.scale, this.today, this.words));
    bars.forEach((each, line) => lines.append(...drawBar(each, this.scale, this.today, ROW + line * CHILD, this.words)));
    lines.append(...drawArrows(bars, this.scale));
    block.append(this.name(row, place, bars), lines);
    this.drawn.set(place, this.sheet.appendChild(block));
  }

  grid(height) {
    const d = this.scale.years().map(([from]) => `M${this.scale.x(from)} 0V${height}`).join("");
    return [svg("path", { d, class: "gantt-line" })];
  }

  name(row, place, bars) {
    const made = el("div", "gantt-name");
    const first = made.appendChild(el("div", "gantt-title"));
    if (row.bars.length) {
      const opener = first.appendChild(el("button", "gantt-open", bars.length ? "▾" : "▸"));
      opener.type = "button";
      opener.dataset.ganttOpen = place;
      opener.setAttribute("aria-expanded", String(bars.length > 0));
      opener.setAttribute("aria-label", fill(this.words.open, { name: row.name }));
    }
    const link = first.appendChild(el("a", "gantt-link", row.name));
    [link.href, link.title] = [row.url, row.name];
    const said = first.appendChild(el("div", "gantt-said"));
    const [light, shape, word] = row.light;
    if (light !== "none") {
      const lamp = said.appendChild(el("span", `light is-${light}`));
      lamp.append(el("span", "light-shape", shape), " ", el("span", "light-word", word));
    }
    said.append(el("span", "note", [row.stage, row.agency].filter(Boolean).join(" · ")));
    bars.forEach((each) => made.append(this.barName(each)));
    return made;
  }

  barName(each) {
    const made = el("div", "gantt-bar-name", each.name);
    const [planned, done] = [each.plan[1] ?? each.plan[0], each.done[1] ?? each.done[0]];
    const late = done === null && planned !== null && planned < this.today;
    const text = late ? fill(this.words.late, { days: this.today - planned }) : textOf(done ?? planned ?? this.today);
    made.append(" ", el("span", late ? "overdue" : "note", planned === null && done === null ? "" : text));
    made.title = `${each.name} ${text}`;
    return made;
  }
}

// What came as text becomes numbers once.
function read(row) {
  const days = (pair) => pair.map(dayOf);
  const bars = row.bars.map((each) => ({ ...each, plan: days(each.plan), done: days(each.done) }));
  return { ...row, plan: days(row.plan), done: days(row.done), first: dayOf(row.first), bars };
}

function daysOf(row) {
  const own = [row, ...row.bars].flatMap((each) => [...each.plan, ...each.done]);
  return [row.first, ...own].filter((day) => day !== null);
}
