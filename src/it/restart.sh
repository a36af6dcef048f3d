#!/usr/bin/env bash
# One pod of three that breaks by itself, on a real node: evicted where that is allowed and its budget holds; and the runs of a CronJob and a Job.
# First ../shared/kube/kube node up, and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }
k apply -f src/it/restart.yaml >/dev/null
for what in odd budget asked; do k rollout status deployment/$what -n demo --timeout=90s >/dev/null; done
say "three Deployments live; two minutes go by"
sleep 125
feed
for what in odd budget asked; do
  pod=$(k get pods -n demo -l app=$what -o jsonpath='{.items[0].metadata.name}')
  k exec -n demo "$pod" -- touch /data/broken
done
k apply -f src/it/restart-runs.yaml >/dev/null
k create job made-up-now -n demo --from=cronjob/made-up >/dev/null
say "one pod of each breaks; a run of the CronJob and a Job begin"
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
sleep "${WATCH:-240}"
cures
say "what runs"
k get pods,jobs -n demo
report
