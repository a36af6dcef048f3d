#!/usr/bin/env bash
# Jobs of their own that are too small in memory, on a real node whose API server and controllers are of Kubernetes 1.36 or later (before, they only get advice).
# First ../shared/kube/kube node up, with kube-apiserver and kube-controller-manager 1.36 in its bin folder, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }
say "Kubernetes $(k version -o json | python3 -c 'import json,sys; print(json.load(sys.stdin)["serverVersion"]["gitVersion"])')"
feed
k get jobs -n demo -w -o 'custom-columns=JOB:.metadata.name,SUSPEND:.spec.suspend,MARK:.metadata.annotations.kubesent\.dev/suspended-for,LIMIT:.spec.template.spec.containers[0].resources.limits.memory,SUSPENDED:.status.conditions[?(@.type=="Suspended")].status,ACTIVE:.status.active,FAILED:.status.failed,OK:.status.succeeded' |
  while IFS= read -r line; do echo "$(date -u +%H:%M:%S.%3N) $line"; done >"$work/jobs.log" &
k apply -f src/it/jobs.yaml >/dev/null
say "five Jobs begin"
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
sleep "${WATCH:-200}"
cures
say "how the Job import went"
grep -E "JOB|import" "$work/jobs.log" | uniq -f 1
say "what runs"
k get pods,jobs -n demo
report
