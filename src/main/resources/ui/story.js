// One incident as a story.

import * as api from "./api.js";
import { badge, el, foreign, when } from "./dom.js";
import { memory, timeline } from "./plots.js";

/** What the person is about to say, and what was answered. @property asked empty, "yes" or "no" */
const decision = { key: "", asked: "", because: "", sent: false, said: "", failed: false };

export function story(told, mayApprove, again) {
  const row = told.row;
  forget(`${row.namespace}/${row.name}/${told.fingerprint}`);
  return [
    el("p", {}, el("a", { href: "#/", "data-key": "back" }, "All incidents")),
    el("h2", { class: "title" }, badge(row.phase), foreign("span", row.workload), row.container ? foreign("span", `container ${row.container}`, { class: "quiet" }) : null),
    el("p", { class: "quiet" }, foreign("span", `${row.namespace}/${row.name}`), told.pod ? foreign("span", `, pod ${told.pod}`) : null, ", first seen ", when(row.seen)),
    cause(told),
    part("Timeline", told.moments.length ? timeline(told.moments) : null),
    change(told, mayApprove, again),
    part("Memory limit", told.memory.length ? memory(told.memory) : null),
    part("Other changes", lines(told.acts)),
    part("Outcome", told.outcome ? foreign("p", told.outcome) : null),
    part("What it rests on", lines(told.evidence)),
    part("What could not be read", lines(told.missing)),
    part("Why it was decided so", told.reasons.length ? [foreign("p", told.decision), lines(told.reasons)] : null),
    part("What a model said", told.model ? foreign("p", told.model) : null),
    part("To look further", lines(told.commands)),
    part("The story", lines(told.story)),
  ];
}

function part(title, content) {
  return content ? el("section", { class: "part" }, el("h3", {}, title), content) : null;
}

function lines(texts) {
  return texts.length ? el("ul", { class: "lines" }, texts.map((text) => foreign("li", text))) : null;
}

function cause(told) {
  return told.row.cause
    ? el("section", { class: "part cause" },
      el("h3", {}, foreign("span", told.row.cause), el("span", { class: "quiet" }, ` confidence ${told.row.confidence}`)),
      foreign("p", told.why),
      told.page ? foreign("p", told.page, { class: "quiet" }) : null)
    : el("p", { class: "quiet" }, foreign("span", told.row.failure), ": not diagnosed yet");
}

function change(told, mayApprove, again) {
  if (!told.change && !told.approval && !decision.said) return null;
  return el("section", { class: "part" },
    el("h3", {}, told.row.phase === "Proposed" ? "The change that is proposed" : told.row.phase === "Waiting" ? "The change that waits for its time" : "The change"),
    told.change ? diff(told.change) : null,
    told.patch ? el("details", {}, el("summary", { "data-key": "patch" }, "The same as YAML, for Git"), foreign("pre", told.patch)) : null,
    told.approval ? foreign("p", told.approval) : null,
    decision.said ? el("p", { class: decision.failed ? "answer failed" : "answer", role: decision.failed ? "alert" : "status" }, decision.said) : null,
    told.mayApprove || told.mayReject ? (mayApprove ? buttons(told, again) : el("p", { class: "quiet" }, "Nothing can be decided here: these are samples in memory.")) : null);
}

function diff(text) {
  const kind = (line) => (line.startsWith("+ ") ? "added" : line.startsWith("- ") ? "removed" : "same");
  return el("pre", { class: "diff", "aria-label": "Diff", tabindex: "0", "data-key": "diff" },
    text.split("\n").map((line) => foreign("span", `${line}\n`, { class: kind(line) })));
}

function buttons(told, again) {
  if (decision.sent) return null;
  const ask = (what, key) => () => { decision.asked = what; again(key); };
  if (decision.asked === "yes") {
    return el("p", { class: "sure" },
      el("span", {}, "Make exactly this change? Your name goes into the API server's audit log. "),
      button("sure", "yes", "Yes, make it", () => send(again, () => api.approve(told.row.namespace, told.row.name, told.fingerprint))),
      button("leave", "", "Leave it", ask("", "approve")));
  }
  if (decision.asked === "no") {
    return el("form", { class: "sure", submit: (event) => { event.preventDefault(); send(again, () => api.reject(told.row.namespace, told.row.name, decision.because)); } },
      el("label", { for: "because" }, "Why not? Others read it in the incident."),
      el("input", { id: "because", "data-key": "because", type: "text", required: true, maxlength: 500, autocomplete: "off", value: decision.because, input: (event) => { decision.because = event.target.value; } }),
      el("button", { type: "submit", class: "no", "data-key": "never" }, "Never make it"),
      button("leave", "", "Leave it", ask("", "reject")));
  }
  return el("p", {},
    told.mayApprove ? button("approve", "yes", "Approve this change", ask("yes", "sure")) : null,
    told.mayReject ? button("reject", "", "Reject", ask("no", "because")) : null);
}

function button(key, kind, words, click) {
  return el("button", { type: "button", class: kind, "data-key": key, id: key, click }, words);
}

async function send(again, request) {
  Object.assign(decision, { sent: true, said: "Asking the API server…", failed: false });
  again("diff");
  try {
    decision.said = (await request()).said;
  } catch (problem) {
    Object.assign(decision, { said: problem.message, failed: true, sent: false, asked: "" });
  }
  again("diff");
}

/** Another change, or another incident, is asked about anew. */
function forget(key) {
  if (decision.key !== key) {
    Object.assign(decision, { key, asked: "", because: "", sent: false, said: "", failed: false });
  }
}
