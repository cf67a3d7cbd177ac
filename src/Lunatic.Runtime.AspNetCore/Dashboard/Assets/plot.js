// A small plot of the last minutes: lines over time, the values under the pointer, and a summary in words.

import { el, setAttribute, setText, svg } from "./dom.js";
import { clock, duration } from "./format.js";

const width = 300, height = 72;

/** The next of 1, 2, 5, 10, 20 … at or above a value, in units of a base. */
function ceiling(value, base) {
  const unit = base === 10 ? 1 : base ** Math.max(0, Math.floor(Math.log(value) / Math.log(base)));
  const power = 10 ** Math.floor(Math.log10(value / unit));
  const factor = value / unit / power;
  return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power * unit;
}

/** A line without axes, as tall as a line of text. */
export function spark(values, label) {
  const top = ceiling(Math.max(1, ...values), 10);
  const path = values.map((value, index) => `${index === 0 ? "M" : "L"}${(values.length === 1 ? 100 : index / (values.length - 1) * 100).toFixed(1)} ${(18 - value / top * 16).toFixed(1)}`).join("");
  return svg("svg", { class: "spark", viewBox: "0 0 100 20", preserveAspectRatio: "none", role: "img", "aria-label": label }, svg("path", { class: "line", d: path || "M0 0" }));
}

export class Plot {
  /**
   * @param title what is shown
   * @param format a number as text
   * @param series names of the lines, the main one first
   * @param least the least height of the picture; span the least time that it covers, in milliseconds; base what units are powers of
   */
  constructor(title, format, series, { least = 1, span = 0, base = 10 } = {}) {
    this.format = format;
    this.series = series;
    this.least = least;
    this.span = span;
    this.base = base;
    this.points = [];
    this.lines = series.map((_, index) => svg("path", { class: `line line-${index}` }));
    this.area = svg("path", { class: "area" });
    this.cursor = svg("line", { class: "cursor", y1: 0, y2: height, visibility: "hidden" });
    this.values = series.map((text, index) => el("span", { class: "value" }, series.length > 1 && el("span", { class: `key key-${index}` }, text), el("b", {}, "–")));
    this.top = el("span", { class: "top" });
    this.from = el("span");
    this.to = el("span", {}, "now");
    this.picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" },
      svg("line", { class: "grid", x1: 0, x2: width, y1: height / 2, y2: height / 2 }), this.area, ...this.lines, this.cursor);
    this.picture.addEventListener("pointermove", event => this.point(event));
    this.picture.addEventListener("pointerleave", () => this.point(null));
    this.title = title;
    this.element = el("figure", { class: "plot" },
      el("figcaption", {}, el("span", { class: "title" }, title), el("span", { class: "values" }, this.values)),
      el("div", { class: "picture" }, this.top, this.picture),
      el("div", { class: "axis" }, this.from, this.to));
  }

  /** Shows points: { time, values }, in order of time. */
  update(points) {
    this.points = points;
    const highest = Math.max(this.least, ...points.flatMap(point => point.values.filter(value => value !== null)));
    const top = ceiling(highest, this.base);
    this.end = points.length > 0 ? points[points.length - 1].time : 0;
    this.begin = points.length > 0 ? Math.min(points[0].time, this.end - this.span) : 0;
    const x = point => this.end === this.begin ? width : (point.time - this.begin) / (this.end - this.begin) * width;
    const y = value => height - 1.5 - value / top * (height - 4);
    this.lines.forEach((line, index) => {
      const known = points.filter(point => point.values[index] !== null);
      const path = known.map((point, place) => `${place === 0 ? "M" : "L"}${x(point).toFixed(1)} ${y(point.values[index]).toFixed(1)}`).join("");
      setAttribute(line, "d", path || "M0 0");
      if (index === 0)
        setAttribute(this.area, "d", known.length < 2 ? "M0 0" : `${path}L${x(known[known.length - 1]).toFixed(1)} ${height}L${x(known[0]).toFixed(1)} ${height}Z`);
    });
    setText(this.top, this.format(top));
    setText(this.from, this.end === this.begin ? "" : `${duration(this.end - this.begin)} ago`);
    if (this.pointed === undefined)
      this.show(points[points.length - 1]);
    const latest = points[points.length - 1];
    setAttribute(this.picture, "aria-label", latest === undefined ? `${this.title}: nothing yet`
      : `${this.title}: ${this.series.map((text, index) => `${text} ${latest.values[index] === null ? "unknown" : this.format(latest.values[index])}`).join(", ")}; at most ${this.format(highest)} in ${duration(this.end - this.begin)}`);
  }

  show(point) {
    this.values.forEach((value, index) => {
      const number = point?.values[index];
      setText(value.lastChild, number === null || number === undefined ? "–" : this.format(number));
    });
  }

  point(event) {
    if (event === null || this.points.length === 0) {
      this.pointed = undefined;
      this.cursor.setAttribute("visibility", "hidden");
      setText(this.to, "now");
      this.show(this.points[this.points.length - 1]);
      return;
    }
    const box = this.picture.getBoundingClientRect();
    const time = this.begin + (event.clientX - box.left) / box.width * (this.end - this.begin);
    const nearest = this.points.reduce((best, point) => Math.abs(point.time - time) < Math.abs(best.time - time) ? point : best);
    const x = this.end === this.begin ? width : (nearest.time - this.begin) / (this.end - this.begin) * width;
    this.pointed = nearest;
    setAttribute(this.cursor, "x1", x.toFixed(1));
    setAttribute(this.cursor, "x2", x.toFixed(1));
    this.cursor.setAttribute("visibility", "visible");
    setText(this.to, `at ${clock(nearest.time)}`);
    this.show(nearest);
  }
}
