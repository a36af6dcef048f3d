#!/usr/bin/env bash
# Runs that leave no pod, on a real node: what the sweep says of each. First ../shared/kube/kube node up, and ./mvnw package. WATCH seconds: three
# schedules of a minute have to be skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh
k apply -f src/it/lost-runs.yaml >/dev/null
for ns in full podless; do k get ns $ns >/dev/null; k create rolebinding kubesent-healer -n $ns --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent >/dev/null; done
feed
for ((i = 0; i < ${WATCH:-270}; i += 30)); do
  sleep 30
  curl -s -X POST localhost:8090/sweep >/dev/null
done
sleep 2
echo "--- jobs"; k get cronjobs,jobs -A
python3 - <(k get incidents -A -o json) <<'PY'
import json, sys
for i in sorted(json.load(open(sys.argv[1]))["items"], key=lambda i: i["metadata"]["creationTimestamp"]):
    s = i["status"]; d = s.get("diagnosis", {})
    print(i["metadata"]["namespace"] + "/" + i["metadata"]["name"], s.get("phase"), d.get("cause"), d.get("confidence"))
    print("   ", d.get("explanation"))
    for step in d.get("drillDown", []): print("    $", step)
    for line in s.get("story", []): print("    |", line)
PY
grep -E "WARN|ERROR|reason=" "$work/kubesent.log" || true
