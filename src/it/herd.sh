#!/usr/bin/env bash
# A herd: the pods of one broken rollout crash all at once, and Knative brings each of their changes. docs/evidence/herd-on-a-node.md is made from its output.
# First what src/it/on-knative.sh says, without FAST=1: loops that never wait longer than ten seconds are load and nothing else.
#   PODS=300 STEP=60 OVERLAY=source-bound src/it/herd.sh
# STEP: the Deployment begins with so many replicas and is scaled by as many again once all of them have crashed, as an autoscaler does: what a
# machine can start at once is the kubelet's limit, and not what is tried here. STEP=$PODS begins with all of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
pods=${PODS:-300}
step=${STEP:-60}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

# A kubelet takes 110 pods unless it is told otherwise: its settings get the line, and it is started again as it was.
room() {
  [ $((pods + 30)) -gt 110 ] || return 0
  grep -q maxPods "$run/kubelet.yaml" && return
  echo "maxPods: $((pods + 60))" >>"$run/kubelet.yaml"
  local words
  mapfile -d '' words <"/proc/$(cut -d' ' -f1 "$run/pid/kubelet")/cmdline"
  (LAB=$run RUN=$run; . ../shared/kube/lib.sh; stop kubelet; start kubelet "${words[@]}")
  await 60 "the kubelet takes $((pods + 60)) pods" sh -c "kubectl get nodes -o json | jq -e '.items[0] | (.status.allocatable.pods | tonumber) == $((pods + 60)) and any(.status.conditions[]; .type == \"Ready\" and .status == \"True\")'"
}
# The herd is on the host's network, as the node has 244 addresses for pods.
rollout() {
  kubectl apply -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: herd, namespace: demo}
spec:
  replicas: $((step < pods ? step : pods))
  selector: {matchLabels: {app: herd}}
  template:
    metadata: {labels: {app: herd}}
    spec:
      hostNetwork: true
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 0
      containers:
      - {name: app, image: docker.io/library/busybox:1.36, imagePullPolicy: Never, command: [sh, -c, "echo no such setting; exit 1"], resources: {requests: {cpu: 1m, memory: 1Mi}}}
YAML
}
incidents() { kubectl get incidents -n demo -o json | jq '.items | length'; }
opened() { [ "$(incidents)" -gt 0 ]; }
decided() { kubectl get incidents -n demo -o json | jq -e '.items | length > 0 and all(.status.phase as $p | ["Opened", "Diagnosed"] | index($p) | not)'; }
crashed() { kubectl get pods -n demo -l app=herd -o json | jq '[.items[] | select(any(.status.containerStatuses[]?; .restartCount > 0 or .state.terminated or .lastState.terminated))] | length'; }
load() { cut -d' ' -f1 /proc/loadavg; }
gone() { [ -z "$(kubectl get pods -n demo -l app=herd --no-headers 2>/dev/null)" ]; }
# What the function has counted, a file for each of its pods: the last one is what counts, as a pod ends.
count() {
  while sleep 1; do
    kubectl get pods -n kubesent -l serving.knative.dev/service=kubesent -o json | jq -r '.items[] | select(.status.podIP) | .metadata.name + " " + .status.podIP' | while read -r name ip; do
      curl -sf -m 5 "http://$ip:8080/actuator/prometheus" >"$work/now" && mv "$work/now" "$work/$name.prom" || true
    done
  done
}
outcomes() { cat "$work"/*.prom | awk '/^kubesent_events_total/ { n[$1] += $2 } END { for (k in n) print "    " k, n[k] }' | sort; }

begin "$pods pods"; room
install "${OVERLAY:-namespaces}"
echo "the source's account may list pods in default: $(kubectl auth can-i list pods -n default --as=system:serviceaccount:kubesent:kubesent-source 2>/dev/null || true); in demo: $(kubectl auth can-i list pods -n demo --as=system:serviceaccount:kubesent:kubesent-source 2>/dev/null || true)"
kubectl get pods -n demo --watch-only --no-headers -o custom-columns=N:.metadata.name >"$work/changes" 2>/dev/null &
count 2>/dev/null &

begin "a Deployment of $pods pods that crash, $step more at a time, while the function sleeps"
rollout
await 60 "woken: a pod of the function is made" awake
await "${UNTIL:-420}" "the first incident is there" opened
await 120 "it is decided" decided
for ((n = step < pods ? step : pods; ; n = n + step < pods ? n + step : pods)); do
  kubectl scale deployment herd -n demo --replicas="$n" >/dev/null
  until=$((SECONDS + ${UNTIL:-420}))
  until [ "$(crashed)" -ge "$n" ] || [ $SECONDS -ge $until ]; do sleep 2; done
  say "$(crashed) of $n pods have crashed; load $(load), incidents $(incidents)"
  [ "$n" -lt "$pods" ] && [ $SECONDS -lt $until ] || break
done
sleep 20
say "incidents: $(incidents); restarts of the herd: $(kubectl get pods -n demo -l app=herd -o json | jq '[.items[].status.containerStatuses[]?.restartCount] | add'); pods of the function: $(function_pods | wc -l), restarts $(kubectl get pods -n kubesent -o json | jq '[.items[].status.containerStatuses[]?.restartCount] | add')"
kubectl delete deployment herd -n demo >/dev/null
await 300 "the herd is gone" gone
await 300 "asleep" asleep
say "incidents: $(incidents)"

echo; echo "--- incidents"; kubectl get incidents -n demo
echo "--- stories"; kubectl get incidents -n demo -o json | jq -r '.items[] | .metadata.name, (.status.story[] | "    " + .), (.status.verdict.reasons[]? | "    " + .[:250])'
echo "--- changes of pods of demo that a watch of our own saw: $(wc -l <"$work/changes")"
echo "--- events that the function counted, by outcome"; outcomes
echo "--- requests by status"; cat "$work"/*.prom | grep '^http_server_requests_seconds_count' | grep -v actuator
echo "--- events that the source could not send: $(not_sent)"
echo "kept in $work"
