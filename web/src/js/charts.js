// Charts of the cockpit: drawn from the tables below them, which say the same without script and on paper.
// Colors come from the page's style; what is planned is hatched, so that it reads in grey as well.

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

const HATCHED = { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
const PLAIN = { symbol: "none" };

export function drawCharts(root) {
  root.querySelectorAll("[data-chart]").forEach(draw);
}

// Draw every chart for the space that it has now.
export function fitCharts() {
  document.querySelectorAll("[data-chart]").forEach((place) => {
    const chart = echarts.getInstanceByDom(place);
    if (!chart || !place.clientWidth) return;
    chart.resize();
    letScale(place);
  });
}

// On paper a chart has the paper's colors, whatever the screen has, and the width that the sheet leaves it.
export function printCharts() {
  const inked = (isPaper) => () => {
    document.documentElement.classList.toggle("is-paper", isPaper);
    document.querySelectorAll("[data-chart]").forEach((place) => {
      echarts.getInstanceByDom(place).setOption(options(rowsOf(place), place.dataset, inks(place)));
      letScale(place);
    });
  };
  addEventListener("beforeprint", inked(true));
  addEventListener("afterprint", inked(false));
}

function rowsOf(place) {
  const rows = place.parentElement.querySelectorAll(`[data-chart-rows="${place.dataset.chart}"] tbody tr`);
  return Array.from(rows, (row) => row.dataset);
}

function draw(place) {
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(options(rowsOf(place), place.dataset, inks(place)));
  chart.on("click", (event) => location.assign(rowsOf(place)[event.dataIndex].url));
  letScale(place);
}

function letScale(place) {
  const svg = place.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${place.clientWidth} ${place.clientHeight}`);
}

function inks(place) {
  const style = getComputedStyle(place);
  const ink = (name) => style.getPropertyValue(`--chart-${name}`).trim();
  return {
    planned: ink("planned"),
    done: ink("done"),
    percent: ink("percent"),
    line: ink("line"),
    text: ink("percent"),
    face: style.fontFamily,
    size: parseFloat(style.fontSize),
  };
}

function options(rows, said, ink) {
  const text = { color: ink.text, fontFamily: ink.face, fontSize: ink.size };
  const number = (value) => (value === "" ? null : Number(value));
  const column = (name) => rows.map((row) => number(row[name]));
  const bar = (name, color, decal) => ({
    name: said[name],
    type: "bar",
    data: column(name),
    itemStyle: { color, decal, borderColor: color, borderWidth: 1 },
    barGap: "10%",
    barCategoryGap: "35%",
  });
  const axis = { axisLabel: text, axisLine: { lineStyle: { color: ink.line } }, axisTick: { show: false } };
  return {
    animation: false,
    aria: { enabled: false, decal: { show: true } },
    textStyle: text,
    grid: { left: 4, right: 4, top: ink.size * 2.6, bottom: 2, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: ink.size * 1.6, itemHeight: ink.size * 0.8, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontFamily: ink.face, fontSize: ink.size } },
    xAxis: { type: "category", data: rows.map((row) => row.label), ...axis },
    yAxis: [
      { type: "value", ...axis, splitLine: { lineStyle: { color: ink.line } } },
      { type: "value", min: 0, ...axis, axisLabel: { ...text, formatter: "{value}%" }, splitLine: { show: false } },
    ],
    series: [
      bar("planned", ink.planned, HATCHED),
      bar("done", ink.done, PLAIN),
      {
        name: said.percent,
        type: "line",
        yAxisIndex: 1,
        data: column("percent"),
        symbol: "circle",
        symbolSize: ink.size * 0.5,
        itemStyle: { color: ink.percent },
        lineStyle: { color: ink.percent, width: 2 },
      },
    ],
  };
}
