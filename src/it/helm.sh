#!/usr/bin/env bash
# Helm 4 beside KubeSent, with `helm` in KUBESENT_MANAGERS: nothing that KubeSent does makes the next upgrade fail. docs/evidence/neighbours.md has its output.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); ./mvnw package -DskipTests; src/it/helm.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
../shared/neighbours/neighbours up helm
helm=$HOME/.cache/kubesent/neighbours/bin/helm
export KUBESENT_MANAGERS='kubectl*,helm' KUBESENT_STORM_SHARE=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%T) $*"; }
chart() { # chart NAME: a Deployment whose memory the chart sets
  mkdir -p "$work/$1/templates"; printf 'apiVersion: v2\nname: %s\nversion: 0.1.0\n' "$1" >"$work/$1/Chart.yaml"; printf 'memory: 32Mi\nlabel: a\n' >"$work/$1/values.yaml"
  cat >"$work/$1/templates/d.yaml" <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}, labels: {release-label: {{ .Values.label }}}}
spec:
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "localhost/memhog:1", args: ["64", "4"], resources: {limits: {memory: {{ .Values.memory }}}}}
YAML
}
incident() { k get incidents -n demo -o json | jq -r --arg w "Deployment/$1" '.items[] | select(.status.workload == $w) | .status | '"$2"; }
await() { local end=$((SECONDS + $1)); until [ "$(incident "$2" .phase)" = "$3" ]; do [ $SECONDS -lt $end ] || { say "NEVER: $2 $3, but $(incident "$2" .phase)"; exit 1; }; sleep 1; done; say "$2: $3"; }
upgrade() { local said; if said=$("$helm" upgrade shop "$work/shop" -n demo "$@" 2>&1); then say "helm upgrade $*: done"; else say "helm upgrade $*: $(grep -o 'conflict with.*' <<<"$said" | head -1)"; return 1; fi; }
say "$("$helm" version --short)"
feed
chart shop
"$helm" install shop "$work/shop" -n demo >/dev/null; say "installed; its limit of 32Mi is too little"
await 240 shop Proposed
incident shop '.verdict.reasons[]' | sed 's/^/    /'
say "the field is of: $(k get deployment shop -n demo --show-managed-fields -o json | jq -r '[.metadata.managedFields[] | select(.fieldsV1 | tostring | contains("f:memory")) | .manager + "/" + .operation] | join(", ")')"
upgrade --set label=b
upgrade --set label=c --set memory=33Mi
(while sleep 5; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) & sweeps=$!
newest() { k get incidents -n demo --sort-by=.metadata.creationTimestamp -o json | jq -r '.items | select(length > 1) | .[-1] | select(.status.phase == "Proposed") | .metadata.name'; }
for _ in $(seq 90); do name=$(newest); [ -z "$name" ] || break; sleep 1; done
sleep 2 # a yes in the very second of the proposal does not count
say "a person approves"; k patch incident "$name" -n demo --type=merge -p '{"spec":{"approved":true}}' >/dev/null
for _ in $(seq 90); do [ "$(k get deployment shop -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')" != 33Mi ] && break; sleep 1; done
say "its limit is $(k get deployment shop -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')"
kill $sweeps
upgrade --set label=d && { say "WRONG: it was expected to meet a conflict, as the incident says"; exit 1; }
upgrade --set label=d --set memory=160Mi --force-conflicts
