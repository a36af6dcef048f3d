#!/usr/bin/env bash
# Releases that break and workloads that never lived, on a real node: what is mended, and what is left alone. docs/evidence/cures.md is made
# from its output. First ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
# That all of them break at once is no storm here.
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100
. src/it/on-a-node.sh

say() { echo "$(date -u +%H:%M:%S) $*"; }
container() { echo "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",$1}]}}}}"; }

k create secret generic shop-token -n demo --from-literal=token=t >/dev/null
k apply -f src/it/cures.yaml >/dev/null
for what in deployment/{shop,command,dependency,names,secret} statefulset/db; do k rollout status "$what" -n demo --timeout=90s >/dev/null; done
say "six workloads live; a minute goes by"
sleep 65
feed
k delete secret shop-token -n demo >/dev/null
say "six releases are rolled out, and five new workloads"
k apply -f src/it/cures-new.yaml >/dev/null
k patch deployment shop -n demo -p "$(container '"image":"docker.io/library/busybox:1.36-typo"')" >/dev/null
k patch deployment command -n demo -p "$(container '"command":["/srv/shopp"]')" >/dev/null
k patch statefulset db -n demo -p "$(container '"image":"docker.io/library/busybox:1.36-typo"')" >/dev/null
k patch deployment dependency -n demo -p "$(container '"command":["sh","-c","echo Error: connect ECONNREFUSED 10.0.0.7:5432; exit 1"]')" >/dev/null
k patch deployment names -n demo -p "$(container '"command":["sh","-c","echo Error: getaddrinfo ENOTFOUND db.shop.svc; exit 1"]')" >/dev/null
k patch deployment secret -n demo -p "$(container '"command":["sleep","7200"]')" >/dev/null
# In place of a PingSource.
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
sleep "${WATCH:-330}"
cures
say "what runs"
k get pods -n demo -o custom-columns=NAME:.metadata.name,PHASE:.status.phase,READY:.status.containerStatuses[0].ready,IMAGE:.spec.containers[0].image,COMMAND:.spec.containers[0].command
report
