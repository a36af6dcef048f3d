#!/usr/bin/env bash
# A first run on a real node: applies failing pods, lets the jar handle their events with the rights that knative/ grants,
# and prints what came of each. docs/evidence/first-run.md is made from its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh
feed

echo "applied $(date -u +%H:%M:%S)"
k apply -f $kube/pods/failing.yaml -f src/it/more-failing.yaml >/dev/null
sleep "${WATCH:-150}"
report
