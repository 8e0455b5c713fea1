// Wall mode: screens take turns below the figures. Any key or a pointer over the page stops it; where the system asks for
// no motion it stands still from the beginning. After each round the figures are fetched anew; if that fails, the page
// says of when the figures are that still stand there.

import { drawCharts, fitCharts } from "./charts.js";

const SECONDS = 20;

export function turnWall() {
  const body = document.querySelector("[data-wall]");
  if (!body) return;
  const state = { turns: !matchMedia("(prefers-reduced-motion: reduce)").matches, isHeld: false, left: SECONDS };
  const screens = () => Array.from(body.querySelectorAll(".wall-screen"));
  const at = () => screens().findIndex((screen) => screen.classList.contains("is-current"));

  function show(number) {
    screens().forEach((screen, index) => screen.classList.toggle("is-current", index === number));
    body.querySelectorAll("[data-wall-to]").forEach((link, index) => {
      if (index === number) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    state.left = SECONDS;
    fitCharts();
  }

  function tell() {
    const place = body.querySelector("[data-wall-state]");
    place.textContent = state.turns && !state.isHeld ? place.dataset.turns : place.dataset.stands;
  }

  async function refresh() {
    const asOf = body.querySelector("[data-wall-as-of]");
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-wall-main]");
      if (!answer.ok || !fresh) throw new Error("no wall");
      body.querySelector("[data-wall-main]").replaceWith(document.importNode(fresh, true));
      body.querySelector("[data-wall-screens]").replaceWith(document.importNode(page.querySelector("[data-wall-screens]"), true));
      asOf.textContent = page.querySelector("[data-wall-as-of]").textContent;
      asOf.classList.remove("is-lost");
      drawCharts(body);
    } catch (error) {
      if (!asOf.classList.contains("is-lost")) asOf.prepend(`${body.dataset.lost} · `);
      asOf.classList.add("is-lost");
    }
  }

  async function turn() {
    const next = (at() + 1) % screens().length;
    if (next === 0) await refresh();
    show(next);
  }

  setInterval(() => {
    if (!state.turns || state.isHeld) return;
    state.left -= 1;
    if (state.left <= 0) {
      state.left = SECONDS;
      turn();
    }
  }, 1000);
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) show((at() + step + screens().length) % screens().length);
    state.turns = step ? false : !state.turns;
    tell();
  });
  const hold = (isHeld) => () => {
    state.isHeld = isHeld;
    tell();
  };
  body.addEventListener("mousemove", hold(true));
  document.documentElement.addEventListener("mouseleave", hold(false));
  body.addEventListener("click", (event) => {
    const link = event.target.closest("[data-wall-to]");
    if (!link) return;
    event.preventDefault();
    show(Number(link.dataset.wallTo) - 1);
  });
  show(0);
  tell();
}
