#!/usr/bin/env bash
# Knative Services that are OOM-killed, on real Knative: docs/evidence/ksvc.md is made from its output.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up; ./mvnw package
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100
. src/it/on-a-node.sh

say() { echo "$(date -u +%H:%M:%S) $*"; }
feed
say "two Services are applied"
k apply -f src/it/ksvc.yaml
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
end=$((SECONDS + ${WATCH:-240}))
until [ $SECONDS -ge $end ] || [ "$(k get incidents -n demo -o json | jq '[.items[] | select(.status.workload | startswith("Service/")) | select(.status.phase == "Healed")] | length')" = 2 ]; do sleep 2; done
say "or the time is over"
k get ksvc,revisions -n demo
k get ksvc -n demo -o json | jq -r '.items[] | "\(.metadata.name): \(.spec.template.metadata.name // "(no name)") \(.spec.template.spec.containers[0].name) \(.spec.template.spec.containers[0].resources)"'
report
