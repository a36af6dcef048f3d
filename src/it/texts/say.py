#!/usr/bin/env python3
"""say.py FOLDER: what KubeSent said of each pod and workload that has its true cause as an annotation, against that cause, and the text that the
cluster itself told. Reads pods, deployments, statefulsets, daemonsets, events and incidents (kubectl get -A -o json) in that folder."""
import collections, json, os, sys


def read(kind):
    path = os.path.join(sys.argv[1], kind + ".json")
    return json.load(open(path))["items"] if os.path.exists(path) else []


def name(item):
    owners = item["metadata"].get("ownerReferences", [])
    return owners[0]["name"].rsplit("-", 1)[0] if owners else item["metadata"]["name"]


def strings(value):
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from strings(inner)


events = collections.defaultdict(list)
for event in sorted(read("events"), key=lambda e: e.get("lastTimestamp") or e.get("eventTime") or ""):
    events[event["involvedObject"].get("namespace"), event["involvedObject"]["name"]].append("%s: %s" % (event["reason"], event.get("message", "")))
said = {}
for incident in read("incidents"):
    status = incident.get("status", {})
    if status.get("diagnosis") and incident["spec"].get("container", "") in ("app", ""):
        said[incident["metadata"]["namespace"], status["workload"].split("/")[1]] = status["diagnosis"]

right = wrong = 0
seen = set()
texts, lacking = collections.OrderedDict(), []
items = [item for kind in ("pods", "deployments", "statefulsets", "daemonsets") for item in read(kind)]
for item in sorted(items, key=name):
    marks = item["metadata"].get("annotations", {})
    if "true-cause" not in marks:
        continue
    key = item["metadata"]["namespace"], name(item)
    if key in seen:
        continue
    seen.add(key)
    told = said.get(key, {"cause": "(no incident)", "confidence": 0, "explanation": "", "evidence": []})
    is_right = told["cause"] == marks["true-cause"]
    right, wrong = right + is_right, wrong + (not is_right)
    words = list(dict.fromkeys(list(strings(item.get("status", {}))) + events[key[0], item["metadata"]["name"]] + told["evidence"]))
    print("%-28s %-26s %-26s %3d  %s" % ("right" if is_right else "NOT " + marks["true-cause"], key[1], told["cause"], told["confidence"], told["explanation"]))
    text = marks.get("text")
    found = [one for one in words if text and text in one]
    if found:
        texts.setdefault(text, key[1])
        print("     " + min(found, key=len)[:700].replace("\n", "\n     "))
    elif text:
        lacking.append(key[1])
    if not is_right or text and not found:
        for one in told["evidence"] + [word for word in words if " " in word][-8:]:
            print("     > " + one[:600].replace("\n", "\n       "))
print("%d right, %d not" % (right, wrong))
if texts or lacking:
    print("%d distinct texts were told by the cluster%s" % (len(texts), "; not told as expected: " + ", ".join(lacking) if lacking else ""))
