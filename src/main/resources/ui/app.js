// What is shown now, and asking for it again.

import * as api from "./api.js";
import { clock, el, foreign, replace } from "./dom.js";
import { list } from "./list.js";
import { story } from "./story.js";
import { trends } from "./plots.js";

/** Milliseconds after something went wrong. */
const AFTER_A_PROBLEM = 5000;

const byId = (id) => document.getElementById(id);

const state = { overview: null, told: null, shown: "", timer: 0, turn: 0 };

function view() {
  const one = /^#\/i\/([^/]+)\/([^/]+)$/.exec(location.hash);
  if (one) return { name: "story", namespace: decodeURIComponent(one[1]), incident: decodeURIComponent(one[2]) };
  return { name: location.hash === "#/trends" ? "trends" : "list" };
}

function draw(focus) {
  const at = view();
  const content = at.name === "story"
    ? state.told ? story(state.told, state.overview?.mayApprove ?? false, draw) : [el("p", { class: "quiet" }, "Reading the incident…")]
    : state.overview === null ? [el("p", { class: "quiet" }, "Reading the incidents…")]
      : at.name === "trends" ? trends(state.overview.trends, byId("main").clientWidth) : list(state.overview, draw);
  replace(byId("main"), content);
  if (typeof focus === "string") document.querySelector(`[data-key="${focus}"]`)?.focus();
  document.querySelectorAll("nav a").forEach((link) => {
    if (link.dataset.view === at.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
}

/** Only what has changed is drawn anew: a person may be reading, or be about to press a key. */
function drawIfNew() {
  const at = view();
  const now = JSON.stringify([location.hash, at.name === "story" ? state.told : state.overview && [state.overview.rows, Math.floor(new Date(state.overview.at) / 30000)]]);
  if (now !== state.shown) {
    state.shown = now;
    draw();
  }
}

function head() {
  const overview = state.overview;
  replace(byId("cluster"), foreign("span", overview.cluster));
  byId("note").hidden = overview.note === "";
  byId("note").textContent = overview.note;
  const waiting = overview.rows.filter((row) => row.isForYou).length;
  document.title = waiting ? `(${waiting}) KubeSent` : "KubeSent";
}

function live(isLive, text) {
  byId("live").className = isLive ? "live" : "stale";
  byId("live").textContent = text;
}

async function look() {
  clearTimeout(state.timer);
  const turn = ++state.turn;
  let pause = AFTER_A_PROBLEM;
  try {
    const at = view();
    const [overview, told] = await Promise.all([api.overview(), at.name === "story" ? api.incident(at.namespace, at.incident) : null]);
    if (turn !== state.turn) return;
    Object.assign(state, { overview, told });
    pause = overview.againAfter;
    byId("problem").hidden = true;
    head();
    live(true, `live, read at ${clock(overview.at)}`);
    drawIfNew();
  } catch (problem) {
    if (turn !== state.turn) return;
    byId("problem").hidden = false;
    byId("problem").textContent = problem.message;
    live(false, state.overview ? `not live, read at ${clock(state.overview.at)}` : "not live");
  }
  state.timer = setTimeout(look, pause);
}

function moved() {
  state.told = null;
  state.shown = "";
  draw();
  scrollTo(0, 0);
  byId("main").focus({ preventScroll: true });
  look();
}

function step(by) {
  const rows = [...document.querySelectorAll("a.row")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  t: () => { location.hash = "#/trends"; },
  "/": () => byId("search")?.focus(),
};

addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (isTyping) event.target.blur();
    else location.hash = "#/";
  } else if (!isTyping && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});
addEventListener("hashchange", () => {
  if (location.hash === "#main") return;
  api.takeToken();
  moved();
});
addEventListener("resize", () => draw());
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(state.timer) : look()));

api.takeToken();
look();
