#!/usr/bin/env bash
# KubeSent on real Knative, with nothing but its own manifests and its own image: it sleeps, a failing pod wakes it, it heals, and sleeps again.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up
#   src/it/base-image /tmp/base.tar; ./mvnw -q -Pimage package -DskipTests -Dimage.base=tar:/tmp/base.tar
#   src/it/knative.sh        prints a line for each thing that is seen, with its time
set -euo pipefail
cd "$(dirname "$0")/../.."
run=${RUN:-$HOME/.cache/kubesent/kube-1.35.4/run-node}
export KUBECONFIG=${KUBECONFIG:-$run/kubeconfig}
PATH=$(../shared/kube/kube bin):$PATH

begun=0
say() { printf '%s  %6.1f s  %s\n' "$(date -u +%T.%1N)" "$(echo "($(date +%s%N) - $begun) / 1000000000" | bc -l)" "$*"; }
begin() { begun=$(date +%s%N); echo; say "$*"; }
# await SECONDS "what" command…: until the command succeeds
await() {
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then say "NEVER: $what"; exit 1; fi
    sleep 0.1
  done
  say "$what"
}
function_pods() { kubectl get pods -n kubesent -l serving.knative.dev/service=kubesent --no-headers 2>/dev/null; }
awake() { function_pods | grep -qv Terminating; }
asleep() { ! awake; }
phase() { kubectl get incidents -n demo -o json | jq -e --arg w "$1" --arg p "$2" '.items[] | select(.status.workload == $w and .status.phase == $p)'; }
opened() { kubectl get incidents -n demo -o json | jq -e --arg w "$1" '.items[] | select(.spec.workload == $w or .status.workload == $w or (.metadata.name | startswith($w | split("/")[1])))'; }
available() { [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.status.availableReplicas}/{.status.updatedReplicas}')" = 1/1 ] && [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')" != 32Mi ]; }
killed() { kubectl get pods -n demo -l app="$1" -o json | jq -e '.items[].status.containerStatuses[]? | select(.state.terminated.reason == "OOMKilled" or .lastState.terminated.reason == "OOMKilled")'; }
deployment() { # name image args
  kubectl apply -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1, namespace: demo}
spec:
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "$2", args: $3, resources: {limits: {memory: 32Mi}}}
YAML
}

ctr -a "$run/containerd.sock" -n k8s.io images import target/kubesent-image.tar >/dev/null
begin "kubectl apply -k knative/overlays/namespaces"
kubectl apply -k knative/overlays/namespaces >/dev/null
await 90 "the service is ready" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s
await 90 "the source is ready" kubectl wait --for=condition=Ready apiserversource/kubesent -n kubesent --timeout=1s
await 200 "asleep" asleep
sleep 35 # an ended pod's queue-proxy drains for 30 s more

begin "a Deployment with too little memory is applied, while the function sleeps"
deployment hungry localhost/memhog:1 '["64", "4"]'
await 30 "woken: a pod of the function is made" awake
await 60 "the container is OOM-killed" killed hungry
await 60 "answered: the incident is there" opened Deployment/hungry
await 60 "acted: the template has more memory" phase Deployment/hungry Verifying
await 60 "healed: the new pod is available" available hungry
await 200 "asleep" asleep
await 400 "verified, by a sweep of the PingSource" phase Deployment/hungry Healed
await 200 "asleep" asleep

begin "an image that does not exist"
deployment typo localhost/app:9.9 '[]'
await 90 "diagnosed and refused" phase Deployment/typo Refused
before=$(kubectl get incidents -n demo -o json | jq -c '[.items[] | .metadata.resourceVersion]')
kubectl delete deployment typo -n demo >/dev/null
await 200 "asleep" asleep
sleep 60
after=$(kubectl get incidents -n demo -o json | jq -c '[.items[] | .metadata.resourceVersion]')
say "incidents' versions a minute after: $before → $after"

begin "SIGTERM in the middle of healing"
deployment cut localhost/memhog:1 '["64", "4"]'
await 60 "the incident is there" opened Deployment/cut
kubectl delete pods -n kubesent -l serving.knative.dev/service=kubesent --wait=false >/dev/null
say "the function's pod is deleted; at that moment: $(kubectl get incidents -n demo -o json | jq -r '.items[] | select(.metadata.name | startswith("cut")) | .status.phase')"
await 400 "healed all the same: the new pod is available" available cut
await 700 "verified" phase Deployment/cut Healed

echo; echo "--- incidents"; kubectl get incidents -n demo
echo "--- stories"; kubectl get incidents -n demo -o json | jq -r '.items[] | .metadata.name, (.status.story[] | "    " + .)'
echo "--- image"; ls -l target/kubesent-image.tar
echo "--- events of sources that were not taken"; kubectl logs -n kubesent -l eventing.knative.dev/sourceName=kubesent --tail=-1 | grep -c "failed to send" || true
