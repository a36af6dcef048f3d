#!/usr/bin/env bash
# Flux beside KubeSent: what Git sets is proposed, and stays; a push heals it. And where KUBESENT_MANAGERS lets KubeSent change what Flux sets: one raise, and no fight.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); ./mvnw package -DskipTests; src/it/flux.sh      docs/evidence/neighbours.md has its output
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
export PATH="$(../shared/kube/kube bin):$PATH" KUBESENT_STORM_SHARE=100
../shared/neighbours/neighbours up git flux 2>/dev/null
. src/it/on-a-node.sh
say() { echo "$(date -u +%T) $*"; }
failed=0 git=http://10.244.0.1:${GITPORT:-13000}
wrong() { say "WRONG: $*"; failed=1; }
. src/it/failing.sh
deployment() { failing "$1" "{limits: {memory: $2}}" >"$work/app/deploy/$1.yaml"; } # NAME MEMORY: as it stands in Git
push() { git -C "$work/app" add -A; git -C "$work/app" -c user.name=lab -c user.email=lab@lab.invalid commit -q -m "$1"; git -C "$work/app" push -q "$git/app.git" HEAD:refs/heads/main; say "pushed: $1"; }
curl -s -o /dev/null -X POST "$git/new/app"; git init -q -b main "$work/app"; mkdir "$work/app/deploy"
incident() { k get incidents -n demo -o json | jq -r --arg w "Deployment/$1" '[.items[] | select(.status.workload == $w)] | sort_by(.metadata.creationTimestamp) | last | .status | '"$2"; }
await() { local end=$((SECONDS + $1)); until [[ "$(incident "$2" .phase)" =~ ^($3)$ ]]; do [ $SECONDS -lt $end ] || { wrong "NEVER: $2 $3, but $(incident "$2" .phase)"; return 0; }; sleep 1; done; say "$2: $(incident "$2" .phase)"; }
limit() { k get deployment "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}'; }
managers() { k get deployment "$1" -n demo --show-managed-fields -o json | jq -r '[.metadata.managedFields[] | select(.fieldsV1 | tostring | contains("f:memory")) | .manager + "/" + .operation] | join(", ")'; }
# changes NAME: the values of its limit that were seen, one look a second
watched() { (last=; while sleep 1; do now=$(limit "$1" 2>/dev/null || true); [ -z "$now" ] || [ "$now" = "$last" ] || echo "$now"; last=$now; done >"$work/$1.limits") & }

feed
deployment shop 32Mi; push "shop has 32Mi and needs 64"
k apply -f ../shared/neighbours/yaml/flux-example.yaml >/dev/null
k patch kustomization app -n flux-system --type=merge -p '{"spec":{"wait":false}}' >/dev/null
watched shop
await 240 shop Proposed
incident shop '.verdict.reasons[]' | sed 's/^/    /'
sleep 60
say "a minute later, which is three of Flux's intervals: its limit is $(limit shop), set by $(managers shop); generation $(k get deployment shop -n demo -o jsonpath='{.metadata.generation}')"
[ "$(limit shop)" = 32Mi ] && [ "$(managers shop)" = kustomize-controller/Apply ] || wrong "it was to be left alone"
incident shop '.verdict.patch // empty' | sed 's/^/    /'
deployment shop 160Mi; push "shop gets 160Mi"
(while sleep 5; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) & sweeps=$!
await 240 shop 'Healed|Superseded|Closed'
say "its outcome: $(incident shop '.outcome.detail // empty')"
say "limits that were seen: $(xargs <"$work/shop.limits")"
kill $sweeps

say "--- and with kustomize-controller in KUBESENT_MANAGERS"
kill "$kubesent"; wait "$kubesent" || true
KUBECONFIG=$work/kubeconfig KUBESENT_CLUSTER=kubeconfig KUBESENT_MANAGERS='kubectl*,kustomize-controller' $java -jar target/kubesent.jar --server.port=8090 >"$work/kubesent2.log" 2>&1 &
until curl -sf -o /dev/null localhost:8090/actuator/health/readiness; do sleep 0.3; done
(while sleep 5; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
watched bold
deployment bold 32Mi; push "bold has 32Mi and needs 64"
await 240 bold 'Verifying|Superseded|Proposed|Healed'
sleep 150
say "two and a half minutes later: $(incident bold .phase), $(incident bold '.acts | length') act(s); $(incident bold '.outcome.detail // empty')"
say "limits that were seen: $(xargs <"$work/bold.limits")"
say "incidents of it: $(k get incidents -n demo -o json | jq -c '[.items[] | select(.status.workload == "Deployment/bold") | [.status.phase, (.status.acts // [] | length)]]')"
[ -s "$work/bold.limits" ] && [ "$(grep -vc 32Mi "$work/bold.limits")" -le 1 ] || wrong "it was fought over"
incident bold '.story[]' | sed 's/^/    /'
k delete kustomization,gitrepository -n flux-system --all >/dev/null
exit $failed
