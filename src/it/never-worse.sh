#!/usr/bin/env bash
# A first cure that does not help, one that never helps, and one that has to wait for a person: docs/evidence/never-worse.md
# is made from its output. FAST=1 at `kube node up` caps the crash-loop back-off at 10 s.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh

say() { echo "$(date -u +%H:%M:%S) $*"; }
sweep() { curl -s -o /dev/null -w "sweep: %{http_code}\n" -X POST localhost:8090/sweep; }

# A pod that failed before anybody watched: no event tells of it. In its second run it can be resized in place.
say "two workloads are applied, and no source sends events"
k apply -f src/it/never-worse.yaml >/dev/null
until k get pod grows -n demo -o jsonpath='{.status.containerStatuses[0].state.running.startedAt} {.status.containerStatuses[0].lastState.terminated.reason}' | grep -q 'Z OOMKilled'; do sleep 0.2; done
say "one runs again after its first OOM kill; a sweep is asked for"
sweep
feed
# From now on, in place of a PingSource.
(while sleep 15; do sweep >>"$work/sweeps.log"; done) &
sleep "${WATCH:-200}"
say "the switch is turned: pause"
k create configmap kubesent -n kubesent --from-literal=pause=true >/dev/null
k apply -f src/it/never-worse-paused.yaml >/dev/null
until k get incidents -n demo -o jsonpath='{range .items[*]}{.status.workload} {.status.phase}{"\n"}{end}' | grep -q "Deployment/waits Waiting"; do sleep 1; done
incident=$(k get incidents -n demo -o jsonpath='{range .items[?(@.status.workload=="Deployment/waits")]}{.metadata.name}{"\n"}{end}' | head -1)
say "it waits: $incident"
k get incident "$incident" -n demo -o jsonpath='{.status.verdict.reasons}{"\n"}{.status.verdict.patch}'
k patch incident "$incident" -n demo --type=merge -p '{"spec":{"approved":true}}'
say "a person approves it"
sleep 40
say "limit now: $(k get deployment waits -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')"
say "the switch is turned back"
k delete configmap kubesent -n kubesent >/dev/null
until k get incident "$incident" -n demo -o jsonpath='{.status.phase}' | grep -q Healed; do sleep 1; done
say "healed"
sort "$work/sweeps.log" | uniq -c
report
