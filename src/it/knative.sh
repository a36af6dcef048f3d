#!/usr/bin/env bash
# KubeSent on real Knative, with nothing but its own manifests and its own image: it sleeps, a failing pod wakes it, it heals, and sleeps again.
# First what src/it/on-knative.sh says.
#   src/it/knative.sh        prints a line for each thing that is seen, with its time
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
phase() { kubectl get incidents -n demo -o json | jq -e --arg w "$1" --arg p "$2" '.items[] | select(.status.workload == $w and .status.phase == $p)'; }
opened() { kubectl get incidents -n demo -o json | jq -e --arg w "$1" '.items[] | select(.spec.workload == $w or .status.workload == $w or (.metadata.name | startswith($w | split("/")[1])))'; }
available() { [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.status.availableReplicas}/{.status.updatedReplicas}')" = 1/1 ] && [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')" != 32Mi ]; }
killed() { kubectl get pods -n demo -l app="$1" -o json | jq -e '.items[].status.containerStatuses[]? | select(.state.terminated.reason == "OOMKilled" or .lastState.terminated.reason == "OOMKilled")'; }
. src/it/failing.sh
deployment() { failing "$1" '{limits: {memory: 32Mi}}' "$2" "$3" | kubectl apply -f - >/dev/null; } # name image args

install namespaces

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
await 90 "diagnosed: there is no automatic fix" phase Deployment/typo NoAutomaticFix
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
echo "--- image"; ls -l "$image"
echo "--- events of sources that were not taken"; not_sent
