"""Prints what heal_against_script.py measured: heal_table.py ROUNDS.json"""

import json
import os
import statistics
import sys

sys.path.insert(0, os.path.dirname(__file__))
from heal_cases import CASES  # noqa: E402

ORDER = [
    "the API server tells it", "the source has the event", "KubeSent's pod is made", "KubeSent's process starts", "KubeSent's pod is ready", "the incident is made",
    "the incident is taken", "its time is over, it is taken again", "the intent is written", "the template is changed", "the pod is being deleted", "the pod is resized", "what was done is written",
    "the old pod is gone", "the new pod is made", "it has a node", "its container starts", "it is ready", "healthy",
]  # fmt: skip
BAR = 1.2
UNCOUNTED = 0  # awake, round 0 is the first of its process


def after_end(one, what):
    marks = one["marks"]
    return marks[what] - marks["the container has ended"] if what in marks else None


def spread(figures):
    return f"{statistics.median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})" if figures else "-"


def of(rounds, case, by):
    return [one for one in rounds if one["case"] == case and one["by"] == by and one["round"] > UNCOUNTED]


def ratio(case, rounds):
    times = {by: [t for one in of(rounds, case, by) if (t := after_end(one, "healthy"))] for by in ("script", "KubeSent")}
    missing = sum("healthy" not in one["marks"] for one in rounds if one["case"] == case)
    if not all(times.values()):
        return f"| {CASES[case].title} | never healthy in {missing} rounds |"
    script, own = (statistics.median(times[by]) for by in ("script", "KubeSent"))
    grace = statistics.median([one["grace"] for one in of(rounds, case, "KubeSent")]) if CASES[case].grace else 0
    told = f"{BAR} ×" + (f" and {grace:.1f} s of grace" if grace else "")
    met = "met" if own <= BAR * script + grace else "**missed**"
    of_own = f"{(own - grace) / script:.2f} × and {grace:.1f} s" if grace else f"{own / script:.2f} ×"
    return f"| {CASES[case].title} | {spread(times['script'])} | {spread(times['KubeSent'])} | {of_own} | {told}: {met} | {len(times['KubeSent'])}" + (f", {missing} never" if missing else "") + " |"


def table(case, rounds):
    print(f"\n| {CASES[case].title}: seconds after the container's end, medians | script | KubeSent | KubeSent, since the line before |\n| --- | --- | --- | --- |")
    medians = {}
    for what in ORDER:
        for by in ("script", "KubeSent"):
            figures = [t for one in of(rounds, case, by) if (t := after_end(one, what)) is not None]
            medians[what, by] = statistics.median(figures) if figures else None
    before = 0
    for what in sorted((w for w in ORDER if any(medians[w, by] is not None for by in ("script", "KubeSent"))), key=lambda w: (medians[w, "KubeSent"] is None, medians[w, "KubeSent"] or 0)):
        script, own = medians[what, "script"], medians[what, "KubeSent"]
        cell = lambda t: "" if t is None else f"{t:.2f}"  # noqa: E731
        print(f"| {what} | {cell(script)} | {cell(own)} | {cell(None if own is None else own - before)} |")
        before = before if own is None else own
    stages = {}
    for one in of(rounds, case, "KubeSent"):
        for stage, seconds in one["stages"].items():
            stages.setdefault(stage, []).append(seconds)
    print("\nStages, milliseconds: " + ", ".join(f"{stage.lower()} {statistics.median(s) * 1000:.0f}" for stage, s in stages.items()))


def main(path):
    with open(path) as given:
        told = json.load(given)
    if told["shape"] == "asleep":
        globals()["UNCOUNTED"] = -1  # each round is the first of its process
    rounds, cases = told["rounds"], [case for case in CASES if any(one["case"] == case for one in told["rounds"])]
    loads = sorted(one["load"] for one in rounds)
    print(f"\n{told['shape']}; load {loads[0]:.1f} to {loads[-1]:.1f}; not counted: " + ", ".join(f"{one['case']} by {one['by']} {after_end(one, 'healthy') or 0:.2f} s" for one in rounds if one["round"] <= UNCOUNTED))
    print("\n| from the container's end to healthy, seconds | script | KubeSent | ratio | asked | rounds |\n| --- | --- | --- | --- | --- | --- |")
    for case in cases:
        print(ratio(case, rounds))
    for case in cases:
        table(case, rounds)


if __name__ == "__main__":
    main(sys.argv[1])
