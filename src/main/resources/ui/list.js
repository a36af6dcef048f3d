// All incidents, by namespace and phase.

import { ago, badge, el, foreign } from "./dom.js";

const PHASES = ["Proposed", "Opened", "Diagnosed", "Waiting", "Acting", "Verifying", "Undoing", "Healed", "NoAutomaticFix", "Refused", "Failed", "Superseded", "Closed"];

/** Rows of one namespace that are shown before somebody asks for all. */
const FIRST = 100;

const chosen = { phases: new Set(), text: "", whole: new Set() };

export function list(overview, again) {
  const rows = overview.rows.filter(isChosen);
  return [
    el("div", { class: "tools" }, search(again), chips(overview.rows, again)),
    overview.rows.length === 0
      ? el("p", { class: "empty" }, "There are no incidents. That is good, or nothing has opted in yet.")
      : rows.length === 0
        ? el("p", { class: "empty" }, "No incident matches.")
        : namespaces(rows).map(([namespace, own]) => section(namespace, own, overview.at, again)),
  ];
}

function isChosen(row) {
  const text = `${row.namespace} ${row.name} ${row.workload} ${row.container} ${row.cause} ${row.failure} ${row.phase}`.toLowerCase();
  return (chosen.phases.size === 0 || chosen.phases.has(row.phase)) && text.includes(chosen.text);
}

function search(again) {
  return el("input", {
    type: "search", id: "search", "data-key": "search", "aria-label": "Search incidents", placeholder: "Search workload, cause, namespace",
    autocomplete: "off", value: chosen.text,
    input: (event) => { chosen.text = event.target.value.toLowerCase(); again(); },
  });
}

function chips(rows, again) {
  const count = (phase) => rows.filter((row) => row.phase === phase).length;
  return el("div", { class: "chips", role: "group", "aria-label": "Phases" },
    PHASES.filter((phase) => count(phase) > 0 || chosen.phases.has(phase)).map((phase) =>
      el("button", {
        type: "button", class: `chip phase-${phase}`, "data-key": `phase-${phase}`, "aria-pressed": String(chosen.phases.has(phase)),
        click: () => { toggle(chosen.phases, phase); again(); },
      }, `${phase} ${count(phase)}`)));
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}

function namespaces(rows) {
  const by = new Map();
  rows.forEach((row) => by.set(row.namespace, [...(by.get(row.namespace) ?? []), row]));
  return [...by].map(([namespace, own]) => [namespace, own.sort(byUrgency)]);
}

/** What waits for a person first, then what is at work, then what happened last. */
function byUrgency(a, b) {
  const rank = (row) => (row.isForYou ? 0 : ["Acting", "Verifying", "Undoing", "Opened", "Diagnosed"].includes(row.phase) ? 1 : 2);
  return rank(a) - rank(b) || new Date(b.last) - new Date(a.last) || a.name.localeCompare(b.name);
}

function section(namespace, rows, now, again) {
  const isWhole = chosen.whole.has(namespace) || rows.length <= FIRST;
  return el("section", { "aria-label": `Namespace ${namespace}` },
    el("h2", {}, foreign("span", namespace), el("span", { class: "quiet" }, ` ${rows.length}`)),
    el("ul", { class: "rows" }, rows.slice(0, isWhole ? rows.length : FIRST).map((row) => el("li", {}, line(row, now)))),
    isWhole ? null : el("button", {
      type: "button", "data-key": `all-${namespace}`, click: () => { chosen.whole.add(namespace); again(); },
    }, `Show all ${rows.length}`));
}

function line(row, now) {
  const key = `${row.namespace}/${row.name}`;
  return el("a", { class: row.isForYou ? "row foryou" : "row", href: `#/i/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}`, "data-key": key },
    badge(row.phase),
    el("span", { class: "what" }, foreign("strong", row.workload), row.container ? foreign("span", ` ${row.container}`, { class: "quiet" }) : null),
    el("span", { class: "why" }, foreign("span", row.cause || row.failure), row.cause ? el("span", { class: "quiet" }, ` ${row.confidence}`) : null),
    row.isForYou ? el("span", { class: "you" }, "waits for you") : null,
    el("span", { class: "age quiet", title: row.last }, `${ago(row.last, now)} ago`));
}
