#!/usr/bin/env bash
# Argo Rollouts beside KubeSent: it owns what it releases, and KubeSent says so and writes nothing. A plain Deployment beside them is healed.
#   export RUN=…; ./mvnw package -DskipTests; src/it/rollouts.sh; ../shared/kube/kube node down      docs/evidence/neighbours.md has its output
# It starts the node, as the API server's audit log says who wrote. SEEN=1 only tells, and counts nothing as wrong.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}"
argo=$(src/it/argo-rollouts-from-module.sh)
mkdir -p "$RUN"
cat >"$RUN/audit.yaml" <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: Metadata, users: ["system:serviceaccount:kubesent:kubesent", "system:serviceaccount:argo-rollouts:argo-rollouts"], verbs: [create, update, patch, delete, deletecollection]}
- {level: None}
YAML
export APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log"
KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); export KUBECONFIG
export KUBESENT_STORM_SHARE=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%T) $*"; }
failed=0; wrong() { say "WRONG: $*"; failed=${SEEN:+0}; failed=${failed:-1}; }
expect() { [[ "$2" =~ $3 ]] || wrong "$1 is to be like $3, and is: $2"; }
python3 ../shared/knative/node/mkimage.py "$argo/rollouts-controller" rollouts-controller | ctr -a "$RUN/containerd.sock" -n k8s.io images import - >/dev/null
k create namespace argo-rollouts >/dev/null
sed 's,quay.io/argoproj/argo-rollouts:[^ ]*,kn.lab/rollouts-controller:1,; s/imagePullPolicy: Always/imagePullPolicy: IfNotPresent/' "$argo/src/manifests/install.yaml" |
  k apply --server-side -n argo-rollouts -f - >/dev/null
k wait -n argo-rollouts --for=condition=Available deployment/argo-rollouts --timeout=180s >/dev/null
say "Argo Rollouts $("$argo/rollouts-controller" --version 2>&1 | grep -o 'v[0-9.]*' | head -1) is there, as it installs itself"
undo() { "$argo/kubectl-argo-rollouts" --kubeconfig "$admin" "$@" -n demo; }
incident() { k get incidents -n demo -o json | jq -r --arg w "$1" '[.items[] | select(.status.workload == $w)] | sort_by(.metadata.creationTimestamp) | last | .status | '"$2"; }
await() { local end=$((SECONDS + $1)) is; until is=$(incident "$2" .phase); [[ "$is" =~ ^($3)$ ]]; do [ $SECONDS -lt $end ] || { wrong "NEVER: $2 $3, but $is"; return 0; }; sleep 1; done; say "$2: $is ($(incident "$2" .diagnosis.cause))"; }
reasons() { incident "$1" '.verdict.reasons[]?' | sed 's/^/    /'; }
rollout() { k get rollout "$1" -n demo -o json | jq -r '.status | "\(.phase): \(.message // "-")" + (if .abort then " (aborted)" else "" end)'; }
until_rollout() { local end=$((SECONDS + $1)); until [[ "$(rollout "$2")" =~ $3 ]]; do [ $SECONDS -lt $end ] || { wrong "NEVER: Rollout/$2 $3, but $(rollout "$2")"; return 0; }; sleep 1; done; say "Rollout/$2 is $(rollout "$2")"; }
memory() { k get "$1" "$2" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}'; }
revision() { k get rollout "$1" -n demo -o jsonpath='{.metadata.annotations.rollout\.argoproj\.io/revision}'; }
managers() { k get rollouts,deployments,replicasets,pods -n demo --show-managed-fields -o json | jq -r '.items[] | .kind + "/" + (.metadata.ownerReferences[0].kind // "-") + " " + .metadata.name + ": " + ([.metadata.managedFields[] | .manager + "/" + .operation] | unique | join(", "))' | sort; }
# One line a kind: its managers
owners() { managers | sed 's,^\(\S*\) \S*: \(.*\),    \1: \2,' | sort | uniq -c; }
# wrote ACCOUNT: what it wrote, dry runs left out
wrote() { jq -r --arg u "system:serviceaccount:$1" 'select(.user.username == $u and (.requestURI | test("dryRun") | not) and .objectRef.resource != "leases" and .responseStatus.code < 400)
  | .verb + " " + .objectRef.resource + (if .objectRef.subresource then "/" + .objectRef.subresource else "" end) + (if .objectRef.resource == "incidents" or .objectRef.resource == "events" then "" else " " + (.objectRef.name // "" | sub("-[a-z0-9]{8,10}(-[a-z0-9]{5})?$"; "-…")) end)' "$RUN/audit.log" | sort | uniq -c; }
feed
(while sleep 5; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &

k apply -n demo -f src/it/rollouts.yaml >/dev/null
for name in web held moved; do until_rollout 120 $name '^Healthy'; done
sleep 5; say "Deployment/moved has $(k get deployment moved -n demo -o jsonpath='{.spec.replicas}') replicas now; its last writer is $(k get deployment moved -n demo --show-managed-fields -o json | jq -r '[.metadata.managedFields[] | select(.subresource == null)] | sort_by(.time) | last | .manager')"
say "releases that are bad: web and held crash, moved (by its Deployment's template) is killed for memory"
for name in web held; do k patch rollout $name -n demo --type=json -p '[{"op": "replace", "path": "/spec/template/spec/containers/0/command", "value": ["sh", "-c", "echo FATAL: DATABASE_URL is not set >&2; exit 1"]}]' >/dev/null; done
k patch deployment moved -n demo --type=json -p '[{"op": "replace", "path": "/spec/template/spec/containers/0/args", "value": ["64", "4"]}]' >/dev/null
owners >"$work/before"
. src/it/failing.sh
failing plain '{limits: {memory: 32Mi}}' | k apply -f - >/dev/null

say "--- what KubeSent says"
for name in web held hungry moved; do await 150 Rollout/$name 'NoAutomaticFix|Refused'; reasons Rollout/$name; expect "the reason of Rollout/$name" "$(reasons Rollout/$name)" "CONTROLLER_UNKNOWN: controlled by Rollout/$name .*kubectl argo rollouts undo $name -n demo"; done
await 150 Deployment/moving 'Proposed|Healed|Verifying'; reasons Deployment/moving
incident Deployment/moving '.verdict.patch // empty' | sed 's/^/    /'
expect "the reason of Deployment/moving" "$(reasons Deployment/moving)" 'OWNED_BY_ANOTHER: Rollout/moving takes its template'
await 240 Deployment/plain Healed
say "--- what Argo Rollouts does"
until_rollout 150 web aborted
until_rollout 150 held Degraded
sleep 60
for name in web held hungry moved moving; do say "a minute later: Rollout/$name is $(rollout $name), revision $(revision $name); $(k get pods -n demo -l app=$name --no-headers | wc -l) pods"; done
say "Deployment/moving asks for $(memory deployment moving), Rollout/moving is at revision $(revision moving)"
say "--- managers of what there is, before and after (kind/owner)"; sed 's/^/before/' "$work/before"; owners | sed 's/^/after /'
say "--- what KubeSent wrote, by the API server's audit log"; wrote kubesent:kubesent
say "--- what Argo Rollouts wrote"; wrote argo-rollouts:argo-rollouts
expect "what KubeSent wrote beside incidents and events" "$(wrote kubesent:kubesent | grep -v ' incidents\| events' | sed 's/^ *//' | paste -sd,)" '^1 patch deployments plain$'
expect "the managers" "$(managers | grep kubesent | grep -v ' plain:' | paste -sd,)" '^$'
expect "the limit of Deployment/moving" "$(memory deployment moving)" '^32Mi$'

say "--- a person does what the incidents say"
say "$(undo undo web)"; until_rollout 90 web '^Healthy'
say "$(undo undo moved)"; until_rollout 90 moved '^Healthy'
k patch rollout hungry -n demo --type=json -p '[{"op": "replace", "path": "/spec/template/spec/containers/0/resources/limits/memory", "value": "160Mi"}]' >/dev/null; until_rollout 90 hungry '^Healthy'
k get incidents -n demo -o json | jq -r '.items[] | select(.status.workload == "Deployment/moving" and .status.phase == "Proposed") | .metadata.name' | while read -r name; do k patch incident "$name" -n demo --type=merge -p '{"spec":{"approved":true}}' >/dev/null; say "approved: $name"; done
await 180 Deployment/moving Healed
say "Deployment/moving asks for $(memory deployment moving), Rollout/moving is at revision $(revision moving) and $(rollout moving)"
for name in web hungry moved; do await 120 Rollout/$name Closed; say "    $(incident Rollout/$name '.outcome.detail // empty')"; done
say "incidents:"; k get incidents -n demo --no-headers | sed 's/^/    /'
exit $failed
