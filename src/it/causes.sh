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
for kind in pods events incidents; do k get $kind -n demo -o json >"$work/$kind.json"; done
python3 src/it/texts/say.py "$work"
echo "kept in $work"
