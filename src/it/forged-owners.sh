#!/usr/bin/env bash
# A tenant who may create pods and ReplicaSets and nothing else forges owners (shared/reviews/security.md, 4), with the real controllers, while two
# honest workloads fail beside it. On a real node: docs/evidence/forged-owners.md is made from its output.
# First FAST=1 ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }
tenant() { k --as=tenant -n demo "$@"; }
uid() { k get "$1" "$2" -n demo -o jsonpath='{.metadata.uid}'; }
hash_of() { k get replicasets -n demo -l app="$1" -o json | python3 -c 'import json, sys
print(next(r["metadata"]["labels"]["pod-template-hash"] for r in json.load(sys.stdin)["items"] if r["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == sys.argv[1]))' "$2"; }
templates() { for w in deployment/web deployment/small deployment/release statefulset/db; do
  echo "$w generation $(k get $w -n demo -o jsonpath='{.metadata.generation} {.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].resources.limits.memory} hostPID={.spec.template.spec.hostPID}')"; done; }
# name, owner ("kind name uid" or ""), labels, image, args
forge() {
  local owners=""
  if [ -n "$2" ]; then set -- "$@" $2; owners="  ownerReferences: [{apiVersion: apps/v1, kind: $6, name: $7, uid: $8, controller: true}]"; fi
  tenant create -f - <<Y || true
apiVersion: v1
kind: Pod
metadata:
  name: $1
  namespace: demo
  labels: {$3}
$owners
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: app, image: "$4", args: [$5], resources: {limits: {memory: 32Mi}, requests: {cpu: 10m}}}
Y
}

feed
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
k apply -f src/it/forged-owners.yaml >/dev/null
k rollout status deployment/web -n demo --timeout=90s >/dev/null
k rollout status deployment/release -n demo --timeout=90s >/dev/null
k set image deployment/web app=localhost/app:1.1 -n demo >/dev/null
k rollout status deployment/web -n demo --timeout=90s >/dev/null
say "what there is"; templates
echo "can-i patch deployments: $(tenant auth can-i patch deployments 2>/dev/null || true)"
old=$(hash_of web 1); new=$(hash_of web 2)
hog=docker.io/lab/memhog:1
say "4a: a pod that names the Deployment, and one that names its ReplicaSet; both are killed for their memory"
forge forged-a "Deployment web $(uid deployment web)" "app: web, pod-template-hash: $new" $hog '"64", "10"'
forge forged-b "ReplicaSet web-$new $(uid replicaset "web-$new")" "app: web, pod-template-hash: $new" $hog '"64", "10"'
say "4b: a pod of the newest revision whose image is not there, and one of the old revision that lives"
forge forged-new "Deployment web $(uid deployment web)" "app: web, pod-template-hash: $new" docker.io/lab/nope:9 ''
forge forged-old "" "app: web, pod-template-hash: $old" $hog '"4", "100000"'
say "4c: a ReplicaSet of the Deployment's, with all rights, and a pod of it that lives"
tenant create -f - <<Y
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-evil
  labels: {app: web, pod-template-hash: evil}
  annotations: {deployment.kubernetes.io/revision: "1"}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: $(uid deployment web), controller: true}]
spec:
  replicas: 1
  selector: {matchLabels: {app: web, pod-template-hash: evil}}
  template:
    metadata: {labels: {app: web, pod-template-hash: evil}}
    spec:
      hostPID: true
      containers: [{name: app, image: "$hog", args: ["4", "100000"], resources: {limits: {memory: 32Mi}}}]
Y
forge forged-evil "" "app: web, pod-template-hash: evil" $hog '"4", "100000"'
say "4d: a pod that names the StatefulSet, and is killed before the real one is"
forge forged-x "StatefulSet db $(uid statefulset db)" "app: db, controller-revision-hash: $(k get statefulset db -n demo -o jsonpath='{.status.updateRevision}')" $hog '"64", "5"'
until k get pods -n demo -l app=release -o jsonpath='{.items[0].status.startTime}' | python3 -c 'import sys, datetime as d
sys.exit(d.datetime.now(d.UTC) - d.datetime.fromisoformat(sys.stdin.read()) < d.timedelta(seconds=75))'; do sleep 2; done
say "and an honest release breaks, when what was before it has lived for a minute"
k set image deployment/release app=localhost/app:9.9-typo -n demo >/dev/null
sleep 8
echo "--- what the real controllers have left of it"; k get pods,replicasets -n demo -o wide
sleep "${WATCH:-230}"
say "what there is now"; templates
k get incidents -n demo -o json | python3 -c 'import json, sys
for i in sorted(json.load(sys.stdin)["items"], key=lambda i: i["status"].get("workload", "")):
    s = i["status"]
    print(s.get("workload"), s["phase"], s.get("diagnosis", {}).get("cause"), "seen", s.get("seen", {}).get("first"), "ended", (s.get("outcome") or {}).get("at"))
    for r in (s.get("verdict") or {}).get("reasons", []): print("    " + r[:250])'
k get pods,replicasets -n demo -o wide
report
