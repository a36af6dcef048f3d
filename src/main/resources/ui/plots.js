// Pictures, as inline SVG. Each says in words what it shows.

import { clock, el, foreign, span, svg } from "./dom.js";

const STAGES = {
  SEEN: "seen", DIAGNOSED: "diagnosed", GATE: "gate", ACT: "act", SURVIVED: "survived", TAKEN_BACK: "taken back", ENDED: "ended",
};
const ENDS = { HEALED: "healed", OPEN: "open", PROPOSED: "proposed", MANUAL: "no automatic fix", REFUSED: "refused", FAILED: "failed", CLOSED: "closed" };

/** Narrower than this, a timeline goes down and not across. */
const NARROW = 640;

function picture(width, height, words, ...children) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": words, class: "picture" }, svg("title", {}, words), children);
}

function text(x, y, words, attributes = {}) {
  return svg("text", { x, y, ...attributes }, words);
}

/** The moments of an incident in their order; what lies between two is written, and not drawn to scale. */
export function timeline(moments) {
  const words = moments.map((moment) => `${STAGES[moment.stage]} at ${clock(moment.at)}`).join(", ");
  return document.documentElement.clientWidth < NARROW ? down(moments, words) : across(moments, words);
}

function between(moments, i) {
  return i === 0 ? "" : `+${span(new Date(moments[i].at) - new Date(moments[i - 1].at))}`;
}

function across(moments, words) {
  const step = Math.min(150, 980 / moments.length);
  const x = (i) => 60 + i * step;
  return picture(x(moments.length - 1) + 70, 92, words,
    svg("line", { x1: x(0), y1: 40, x2: x(moments.length - 1), y2: 40, class: "axis" }),
    moments.map((moment, i) => svg("g", { class: `moment ${moment.stage}` },
      svg("title", {}, moment.text),
      svg("circle", { cx: x(i), cy: 40, r: 9 }),
      text(x(i), 20, STAGES[moment.stage], { "text-anchor": "middle", class: "name" }),
      text(x(i), 68, clock(moment.at), { "text-anchor": "middle" }),
      text(x(i) - step / 2, 86, between(moments, i), { "text-anchor": "middle", class: "faint" }))));
}

function down(moments, words) {
  const y = (i) => 24 + i * 44;
  return picture(300, y(moments.length - 1) + 28, words,
    svg("line", { x1: 16, y1: y(0), x2: 16, y2: y(moments.length - 1), class: "axis" }),
    moments.map((moment, i) => svg("g", { class: `moment ${moment.stage}` },
      svg("title", {}, moment.text),
      svg("circle", { cx: 16, cy: y(i), r: 9 }),
      text(36, y(i) + 5, `${clock(moment.at)}  ${STAGES[moment.stage]}`, { class: "name" }),
      text(36, y(i) - 17, between(moments, i), { class: "faint" }))));
}

/** Limits before and after each raise, as bars of one scale. */
export function memory(raises) {
  const most = Math.max(...raises.flatMap((raise) => [raise.fromBytes, raise.toBytes]), 1);
  const bars = raises.flatMap((raise) => [
    { bytes: raise.fromBytes, words: `before ${raise.from}`, kind: "before" },
    { bytes: raise.toBytes, words: `after ${raise.to}${raise.isTakenBack ? ", taken back" : ""}`, kind: raise.isTakenBack ? "undone" : "after" },
  ]);
  const words = raises.map((raise) => `from ${raise.from} to ${raise.to}${raise.isTakenBack ? ", taken back" : ""}`).join("; ");
  return picture(460, bars.length * 28 + 6, `Memory limit ${words}`,
    bars.map((bar, i) => svg("g", { class: `bar ${bar.kind}` },
      svg("rect", { x: 0, y: i * 28 + 4, width: Math.max(2, (bar.bytes / most) * 260), height: 20, rx: 3 }),
      text(Math.max(2, (bar.bytes / most) * 260) + 8, i * 28 + 19, bar.words))));
}

export function trends(all, width) {
  const total = all.days.flatMap((day) => Object.values(day.counts)).reduce((sum, count) => sum + count, 0);
  return [
    el("h2", {}, "Trends"),
    el("p", { class: "quiet" }, "Of the incidents that still exist: KubeSent deletes finished ones after KUBESENT_RETENTION, which is 7 days by default."),
    el("section", { class: "part" }, el("h3", {}, `Incidents a day, ${total} in the last ${all.days.length} days (UTC)`), legend(), days(all.days, width)),
    el("section", { class: "part" }, el("h3", {}, "By cause, and how many of them are healed"), all.causes.length ? causes(all.causes) : el("p", { class: "quiet" }, "None.")),
  ];
}

function legend() {
  return el("ul", { class: "legend" }, Object.entries(ENDS).map(([end, name]) => el("li", { class: end }, name)));
}

function days(all, width) {
  const wide = Math.max(280, Math.min(width - 40, 900));
  const step = wide / all.length;
  const sum = (day) => Object.values(day.counts).reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...all.map(sum));
  const words = all.filter((day) => sum(day) > 0).map((day) => `${day.date}: ${sum(day)}`).join(", ") || "none";
  return picture(wide, 200, `Incidents a day: ${words}`, all.map((day, i) => column(day, i * step, step, most, sum(day))));
}

function column(day, x, step, most, sum) {
  let y = 170;
  const parts = Object.keys(ENDS).filter((end) => day.counts[end]).map((end) => {
    const height = (day.counts[end] / most) * 145;
    y -= height;
    return svg("rect", { x: x + step * 0.15, y, width: step * 0.7, height, class: `end ${end}` }, svg("title", {}, `${day.date}: ${day.counts[end]} ${ENDS[end]}`));
  });
  return svg("g", {}, parts,
    sum ? text(x + step / 2, y - 5, String(sum), { "text-anchor": "middle" }) : null,
    text(x + step / 2, 190, day.date.slice(8), { "text-anchor": "middle", class: "faint" }));
}

function causes(all) {
  const most = Math.max(...all.map((cause) => cause.count));
  return el("table", { class: "causes" },
    el("thead", { class: "hidden" }, el("tr", {}, ["Cause", "Incidents", "Picture"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, all.map((cause) => el("tr", {},
      foreign("th", cause.cause, { scope: "row" }),
      el("td", {}, `${cause.count}, ${cause.healed} healed`),
      el("td", {}, svg("svg", { viewBox: "0 0 200 14", class: "picture small", "aria-hidden": "true" },
        svg("rect", { x: 0, y: 1, width: Math.max(2, (cause.count / most) * 200), height: 12, class: "end CLOSED" }),
        svg("rect", { x: 0, y: 1, width: (cause.healed / most) * 200, height: 12, class: "end HEALED" })))))));
}
