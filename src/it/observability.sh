#!/usr/bin/env bash
# The board, the alerts and kube-state-metrics' file in real programs: a run on a node, kube-state-metrics and Prometheus beside it, and every query is asked.
# docs/evidence/observability.md is made from its output; it ends with 1 where a query is refused, or one that has to answer does not.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); ./mvnw package -DskipTests; src/it/observability.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
export PATH="$(../shared/kube/kube bin):$PATH" KSM_CONFIG=$PWD/knative/observability/kube-state-metrics.yaml
say() { echo "$(date -u +%T) $*"; }
export KUBESENT_STORM_SHARE=100
# A workload whose failure is proposed and waits, one that is healed, and one that nothing cures.
. src/it/on-a-node.sh
../shared/neighbours/neighbours up ksm
ksm=http://$(k -n kube-system get svc kube-state-metrics -o jsonpath='{.spec.clusterIP}'):8080/metrics
lines() { curl -s "$ksm" | grep -c "^kubesent_incident_$1{" || true; }

say "an incident without a status, and kube-state-metrics without a right to see CRDs"
k create --as=system:serviceaccount:kubesent:kubesent -f src/it/chart-incident.yaml >/dev/null
k delete clusterrole kube-state-metrics-incidents >/dev/null; k delete pod -n kube-system -l app.kubernetes.io/name=kube-state-metrics >/dev/null
k rollout status -n kube-system deployment/kube-state-metrics --timeout=60s >/dev/null; sleep 10
say "lines of ours: $(lines info)"
say "with knative/observability/kube-state-metrics-rights.yaml"
k apply -f knative/observability/kube-state-metrics-rights.yaml >/dev/null
k delete pod -n kube-system -l app.kubernetes.io/name=kube-state-metrics >/dev/null; k rollout status -n kube-system deployment/kube-state-metrics --timeout=60s >/dev/null
for _ in $(seq 30); do [ "$(lines info)" != 0 ] && break; sleep 1; done
say "lines of ours: info $(lines info), phase $(lines phase); errors in its log: $(k logs -n kube-system deployment/kube-state-metrics | grep -c '^E' || true)"
k delete --as=system:serviceaccount:kubesent:kubesent -f src/it/chart-incident.yaml >/dev/null

feed
say "failing workloads are applied"
k annotate namespace demo kubesent.dev/mode- >/dev/null
for w in "healed heal localhost/memhog:1" "waits suggest localhost/memhog:1" "typo heal localhost/app:9.9"; do read -r name mode image <<<"$w"
  k apply -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $name, namespace: demo, annotations: {kubesent.dev/mode: $mode}}
spec:
  selector: {matchLabels: {app: $name}}
  template:
    metadata: {labels: {app: $name}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "$image", args: ["64", "4"], resources: {limits: {memory: 32Mi}}}
YAML
done
PROM_TARGETS="127.0.0.1:8090/actuator/prometheus" ../shared/neighbours/neighbours up prometheus
prom=http://10.244.0.1:${PROMPORT:-19090}
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
phases() { k get incidents -n demo -o json | jq -r '[.items[].status.phase] | sort | join(" ")'; }
for _ in $(seq 150); do [ "$(phases)" = "Healed NoAutomaticFix Proposed" ] && break; sleep 2; done
say "incidents: $(phases)"; sleep 15
kill %1 2>/dev/null || true

say "every query of the board"
jq -r '.panels[] | .title as $t | .targets[] | [$t, .expr] | @tsv' knative/observability/grafana-board.json >"$work/board"
# Nothing of these is there to be told: no model was asked, and nothing runs on Knative.
silent="Calls of models, since the process began|Sources"
failed=0
ask() { curl -s --get "$prom/api/v1/query" --data-urlencode "query=$1"; }
while IFS=$'\t' read -r title query; do
  answer=$(ask "$query"); n=$(jq '.data.result | length' <<<"$answer"); what=$(jq -r '[.data.result[] | ((.metric | to_entries | map(.value) | join(" ")) + "=" + (.value[1] | tonumber * 100 | round / 100 | tostring))] | sort | map(select(endswith("=0") | not)) | .[0:6] | join(", ")' <<<"$answer")
  say "$title: $(jq -r .status <<<"$answer"), $n series: $what"
  [ "$(jq -r .status <<<"$answer")" = success ] || failed=1
  [ "$n" -gt 0 ] || [[ "$title" =~ ^($silent)$ ]] || { say "WRONG: no answer: $query"; failed=1; }
done <"$work/board"

say "every query of the alerts"
grep -v '^ *#' knative/observability/alerts.yaml | python3 -c '
import re, sys
text = sys.stdin.read()
for block in text.split("- alert: ")[1:]:
    name = block.split("\n", 1)[0]
    body = re.search(r"expr: (>-\n\s+)?(.*)", block).group(2)
    print(name + "\t" + body)' >"$work/alerts"
while IFS=$'\t' read -r name query; do
  answer=$(ask "$query"); say "$name: $(jq -r .status <<<"$answer"), $(jq '.data.result | length' <<<"$answer") true now"
  [ "$(jq -r .status <<<"$answer")" = success ] || { jq -r .error <<<"$answer"; failed=1; }
done <"$work/alerts"
say "the proposal has waited $(ask 'max(time() - kubesent_incident_condition_since{condition="Proposed", status="True"})' | jq -r '.data.result[0].value[1]') s by kube-state-metrics"
exit $failed
