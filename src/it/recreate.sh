#!/usr/bin/env bash
# A Deployment whose strategy is Recreate: its memory is raised, and then a release breaks that leaves nothing of the one before. On a real node.
# First ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
# Else the release would have to wait for an hour after the raise.
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100 KUBESENT_COOL_DOWN=1m
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }
feed
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
k apply -f - >/dev/null <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: app
          image: docker.io/lab/memhog:1
          args: ["64", "20"]
          resources: {limits: {memory: 32Mi}, requests: {cpu: 50m}}
Y
say "a Deployment that is too small in memory"
until [ "$(k get incidents -n demo -o jsonpath='{.items[*].status.phase}')" = Healed ]; do sleep 2; done
say "it is Healed; a release follows whose image is not there"
k set image deployment/web app=docker.io/lab/memhog:1-typo -n demo >/dev/null
proposed() { k get incidents -n demo -o json | python3 -c 'import json, sys
for i in json.load(sys.stdin)["items"]:
    s = i["status"]
    if s["phase"] == "Proposed" and all(r.startswith("NOT_PROVEN") for r in s["verdict"]["reasons"]): print(i["metadata"]["name"])'; }
until [ -n "$(proposed)" ]; do sleep 2; done
say "it is proposed to go back, and a person lets it go ahead"
k patch incident "$(proposed)" -n demo --type=merge -p '{"spec":{"approved":true}}' >/dev/null
sleep "${WATCH:-110}"
cures
k get pods,replicasets -n demo -o wide
report
