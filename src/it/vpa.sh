#!/usr/bin/env bash
# The Vertical Pod Autoscaler beside KubeSent: what it sets is proposed and left to it; where it only recommends, or sets cpu alone, KubeSent heals. metrics-server beside both.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); ./mvnw package -DskipTests; src/it/vpa.sh      docs/evidence/neighbours.md has its output
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
export PATH="$(../shared/kube/kube bin):$PATH" KUBESENT_STORM_SHARE=100
../shared/neighbours/neighbours up metrics-server vpa 2>/dev/null
. src/it/on-a-node.sh
say() { echo "$(date -u +%T) $*"; }
failed=0; wrong() { say "WRONG: $*"; failed=1; }
incident() { k get incidents -n demo -o json | jq -r --arg w "Deployment/$1" '[.items[] | select(.status.workload == $w)] | sort_by(.metadata.creationTimestamp) | last | .status | '"$2"; }
await() { local end=$((SECONDS + $1)); until [[ "$(incident "$2" .phase)" =~ ^($3)$ ]]; do [ $SECONDS -lt $end ] || { wrong "NEVER: $2 $3, but $(incident "$2" .phase)"; return 0; }; sleep 1; done; say "$2: $(incident "$2" .phase)"; }
template() { k get deployment "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}'; }
pod() { k get pods -n demo -l app="$1" -o json | jq -r '[.items[] | select(.metadata.deletionTimestamp == null) | .spec.containers[0].resources | (.limits.memory // "-") + ", cpu " + (.requests.cpu // "-")] | join(" and ")'; }
ready() { [ "$(k get deployment "$1" -n demo -o jsonpath='{.status.availableReplicas}')" = 1 ]; }
. src/it/failing.sh
# workload NAME UPDATEMODE POLICY: needs 64Mi, has 32Mi
workload() { { cat <<YAML
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: $1, namespace: demo}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: $1}
  updatePolicy: {updateMode: $2}
  resourcePolicy: {containerPolicies: [{containerName: "*"$3}]}
---
YAML
  failing "$1" '{requests: {cpu: 10m, memory: 32Mi}, limits: {memory: 32Mi}}'; } | k apply -f - >/dev/null
}
feed
(while sleep 5; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
say "four Deployments with 32Mi that need 64, and a VerticalPodAutoscaler for each"
workload capped Recreate ', maxAllowed: {memory: 40Mi}'
workload sized Recreate ''
workload advised '"Off"' ''
workload cpu Recreate ', controlledResources: [cpu]'
await 120 capped 'Proposed|Refused'; incident capped '.verdict.reasons[]' | sed 's/^/    /'
incident capped '.verdict.reasons[]' | grep -q VerticalPodAutoscaler || wrong "capped: it is to say who sets its memory"
for name in advised cpu; do await 240 $name Healed; say "$name: its template has $(template $name), its pod $(pod $name)"; done
end=$((SECONDS + 300)); until ready sized; do [ $SECONDS -lt $end ] || { wrong "the autoscaler never made sized well"; break; }; sleep 1; done
say "sized: the autoscaler made it well; its template has $(template sized), its pod $(pod sized)"
say "sized: $(k get incidents -n demo -o json | jq '[.items[] | select(.status.workload == "Deployment/sized")] | length') incident(s); KubeSent was asked by an event only where the autoscaler was slower"
sleep 60
say "a minute later"
for name in capped sized advised cpu; do say "$name: $(incident $name '.phase // "no incident"'), $(incident $name '.acts // [] | length') act(s); template $(template $name), generation $(k get deployment $name -n demo -o jsonpath='{.metadata.generation}'); pod $(pod $name)"; done
for name in capped sized; do [ "$(template $name)" = 32Mi ] || wrong "$name was the autoscaler's"; done
for name in advised cpu; do [ "$(k get deployment $name -n demo -o jsonpath='{.metadata.generation}')" = 2 ] || wrong "$name was changed more than once"; done
say "kubectl top pods: $(k top pods -n demo --no-headers | wc -l) lines; VPA recommends $(k get vpa -n demo -o json | jq -r '[.items[] | .metadata.name + " " + (.status.recommendation.containerRecommendations[0].target.memory // "-")] | join(", ")')"
exit $failed
