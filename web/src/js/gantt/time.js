// Days and where they lie on the chart. A day is a whole number since 1970; the chart knows nothing of clocks.

const MONTH_DAYS = 30.4375;
const MOST_YEARS = 15; // what lies further from today is a slip of typing, and cut off

export const dayOf = (text) => (text ? Date.parse(`${text}T00:00Z`) / 864e5 : null);
export const textOf = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

// From the first day to the last, of those that lie near today, together with what was reached before.
export function reachOf(reach, days, today) {
  const near = days.filter((day) => Math.abs(day - today) < MOST_YEARS * 366);
  return near.reduce(([first, last], day) => [Math.min(first, day), Math.max(last, day)], reach);
}

export class Scale {
  constructor(reach, month) {
    const first = new Date((reach[0] - 100) * 864e5);
    const last = new Date((reach[1] + 200) * 864e5);
    this.start = Date.UTC(first.getUTCFullYear(), 0, 1) / 864e5;
    this.end = Date.UTC(last.getUTCFullYear() + 1, 0, 1) / 864e5;
    this.month = month;
    this.px = month / MONTH_DAYS;
  }

  get width() {
    return Math.ceil((this.end - this.start) * this.px);
  }

  x(day) {
    return Math.round((Math.min(Math.max(day, this.start), this.end) - this.start) * this.px * 10) / 10;
  }

  // The years, and the months or quarters in them where there is room: [[day, next day, label], ...].
  years() {
    const found = [];
    for (let year = yearOf(this.start); year < yearOf(this.end); year += 1) {
      found.push([dayAt(year, 0), dayAt(year + 1, 0), String(year)]);
    }
    return found;
  }

  parts() {
    const step = this.month >= 24 ? 1 : this.month >= 8 ? 3 : 12;
    if (step === 12) return [];
    return this.years().flatMap(([, , year]) =>
      Array.from({ length: 12 / step }, (_, place) => [
        dayAt(Number(year), place * step),
        dayAt(Number(year), (place + 1) * step),
        step === 1 ? String(place + 1) : `Q${place + 1}`,
      ]),
    );
  }
}

const yearOf = (day) => new Date(day * 864e5).getUTCFullYear();
const dayAt = (year, month) => Date.UTC(year, month, 1) / 864e5;
