#!/usr/bin/env bash
# A Revision that was ready breaks, on real Knative: docs/evidence/ksvc.md is made from its output.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up; ./mvnw package
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100
. src/it/on-a-node.sh

say() { echo "$(date -u +%H:%M:%S) $*"; }
traffic() { k get ksvc -n demo -o json | jq -r '.items[] | "\(.metadata.name): spec \(.spec.traffic | tojson), status \(.status.traffic | tojson), ready \([.status.conditions[] | select(.type == "Ready")][0].status), latest ready \(.status.latestReadyRevisionName)"'; }
say "two Services become ready"
k apply -f src/it/traffic.yaml >/dev/null
k wait ksvc shop alone -n demo --for=condition=Ready --timeout=120s >/dev/null
say "a second Revision of shop, which wants a ConfigMap, becomes ready"
k patch ksvc shop -n demo --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/envFrom","value":[{"configMapRef":{"name":"colours"}}]}]' >/dev/null
until [ "$(k get ksvc shop -n demo -o jsonpath='{.status.latestReadyRevisionName}')" = shop-00002 ]; do sleep 1; done
sleep 20
traffic
feed
say "the ConfigMap goes, and the pods that had it"
k delete configmap colours -n demo >/dev/null
k delete pod --wait=false -n demo -l 'serving.knative.dev/revision in (shop-00002, alone-00001)' >/dev/null
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
end=$((SECONDS + ${WATCH:-330}))
until [ $SECONDS -ge $end ] || k get incidents -n demo -o json | jq -e '.items[] | select(.status.phase == "Healed")' >/dev/null; do sleep 2; done
say "healed, or the time is over"
traffic
k get revisions,pods -n demo
cures
say "somebody lets the traffic go to the latest again"
k create configmap colours -n demo --from-literal=colour=green >/dev/null
k patch ksvc shop -n demo --type=merge -p '{"spec":{"traffic":[{"latestRevision":true,"percent":100}]}}' >/dev/null
sleep 40
traffic
report
