#!/usr/bin/env bash
# One pod of three that breaks by itself, on a real node: evicted where that is allowed and its budget holds; and the runs of a CronJob and a Job.
# First ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }
k apply -f src/it/restart.yaml >/dev/null
for what in odd budget asked; do k rollout status deployment/$what -n demo --timeout=90s >/dev/null; done
say "three Deployments live; two minutes go by"
sleep 125
feed
for what in odd budget asked; do
  pod=$(k get pods -n demo -l app=$what -o jsonpath='{.items[0].metadata.name}')
  k exec -n demo "$pod" -- touch /data/broken
done
k apply -f src/it/restart-runs.yaml >/dev/null
k create job made-up-now -n demo --from=cronjob/made-up >/dev/null
say "one pod of each breaks; a run of the CronJob and a Job begin"
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
sleep "${WATCH:-240}"
k get incidents -n demo -o json >"$work/incidents.json"
python3 - "$work" <<'PY'
import json, sys
from datetime import datetime
t = lambda s: datetime.fromisoformat(s.replace("Z", "+00:00"))
for i in sorted(json.load(open(sys.argv[1] + "/incidents.json"))["items"], key=lambda i: i["status"].get("workload", "")):
    s = i["status"]
    d = s.get("diagnosis", {})
    print(f'{s.get("workload")} {s["phase"]} {d.get("cause")} {d.get("confidence")}')
    for line in s.get("story", []): print("    " + line[:330])
    if s["phase"] == "Healed":
        print(f'    = seen, then mended after {(t(s["acts"][-1]["at"]) - t(s["seen"]["first"])).seconds} s; lived, and said so after {(t(s["outcome"]["at"]) - t(s["seen"]["first"])).seconds} s')
PY
say "what runs"
k get pods,jobs -n demo
report
