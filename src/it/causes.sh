#!/usr/bin/env bash
# Ordinary failures on a real node, and what KubeSent says of each: "right", or what it said in place of the true cause. First
# ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh
feed
k apply -f src/it/causes.yaml >/dev/null
k rollout status deployment/rollout -n demo --timeout=60s >/dev/null
k patch deployment rollout -n demo -p '{"spec":{"template":{"spec":{"containers":[{"name":"app","command":["cat","/etc/app/config.yaml"],"env":[{"name":"API_TOKEN","value":"second-secret"}]}]}}}}' >/dev/null
sleep "${WATCH:-100}"
# A pod without a node is one for 5 minutes before it counts; no event comes then.
sleep "${PENDING:-215}"
curl -s -X POST localhost:8090/sweep >/dev/null
sleep 10
k get incidents -n demo -o json >"$work/incidents.json"
k get pods -n demo -o json >"$work/pods.json"
python3 - "$work" <<'PY'
import json, sys
work = sys.argv[1]
def name(p): return next((o["name"].rsplit("-", 1)[0] for o in p["metadata"].get("ownerReferences", [])), p["metadata"]["name"])
true = {name(p): p["metadata"]["annotations"]["true-cause"] for p in json.load(open(work + "/pods.json"))["items"] if "true-cause" in p["metadata"].get("annotations", {})}
said = {}
for i in json.load(open(work + "/incidents.json"))["items"]:
    d = i["status"].get("diagnosis")
    if d and i["spec"]["container"] == "app":
        said[i["status"]["workload"].split("/")[1]] = d
for pod in sorted(true):
    d = said.get(pod, {"cause": "(no incident)", "confidence": 0, "explanation": "", "evidence": []})
    mark = "right" if d["cause"] == true[pod] else "NOT " + true[pod]
    print(f'{mark:28} {pod:24} {d["cause"]:26} {d["confidence"]:3}  {d["explanation"]}')
    if mark != "right":
        for e in d["evidence"]: print("    ", e[:300])
PY
echo "kept in $work"
