#!/usr/bin/env bash
# What KubeSent tells of its incidents, and who hears it: knative/overlays/sink (a SinkBinding and a Broker), Knative's event_display as a consumer that sleeps (it checks each event
# by CloudEvents' own SDK), and a second one that is told only of what a person has to mend. First what src/it/on-knative.sh says, with BROKER=1; docs/evidence/broker.md has its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
work=target/it/sink; rm -rf $work; mkdir -p $work
cp knative/overlays/namespaces/namespaces.yaml $work/
printf 'resources: [../../../knative/overlays/sink, namespaces.yaml]\n' >$work/kustomization.yaml
. src/it/keep-logs.sh
phase() { kubectl get incidents -n demo -o json | jq -e --arg w "Deployment/$1" --arg p "$2" '.items[] | select(.status.workload == $w and .status.phase == $p)'; }
. src/it/failing.sh
deployment() { failing "$1" '{limits: {memory: 32Mi}}' "$2" | kubectl apply -f - >/dev/null; }
begin "kubectl apply -k knative/overlays/sink, with a namespace in scope"
ctr -a "$run/containerd.sock" -n k8s.io images import "$image" >/dev/null
kubectl apply -k $work >/dev/null
for what in ksvc/kubesent broker/kubesent-told sinkbinding/kubesent apiserversource/kubesent; do await 120 "$what is ready" kubectl wait --for=condition=Ready $what -n kubesent --timeout=1s; done
bound() { [ -n "$(kubectl get ksvc kubesent -n kubesent -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="K_SINK")].value}')" ]; }
await 30 "K_SINK is set" bound
say "K_SINK: $(kubectl get ksvc kubesent -n kubesent -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="K_SINK")].value}')"
kubectl apply -f - >/dev/null <<'YAML'
apiVersion: v1
kind: Namespace
metadata: {name: chat}
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: told, namespace: chat, labels: {networking.knative.dev/visibility: cluster-local}}
spec: {template: {spec: {containers: [{image: "kn.lab/event_display:1"}]}}}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: told, namespace: kubesent}
spec: {broker: kubesent-told, subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: told, namespace: chat}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: mending, namespace: chat}
spec:
  selector: {matchLabels: {app: mending}}
  template:
    metadata: {labels: {app: mending}}
    spec: {terminationGracePeriodSeconds: 2, containers: [{name: mending, image: "kn.lab/labkit:1", args: [sink]}]}
---
apiVersion: v1
kind: Service
metadata: {name: mending, namespace: chat}
spec: {selector: {app: mending}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: mending, namespace: kubesent}
spec: {broker: kubesent-told, filters: [{exact: {type: dev.kubesent.incident.noautomaticfix}}], subscriber: {uri: "http://mending.chat.svc.cluster.local"}}
YAML
keep told user-container chat
await 120 "the consumer is ready" kubectl wait --for=condition=Ready ksvc/told -n chat --timeout=1s
for what in trigger/told trigger/mending; do await 120 "$what is ready" kubectl wait --for=condition=Ready $what -n kubesent --timeout=1s; done
kubectl rollout status deployment/mending -n chat --timeout=60s >/dev/null
await 200 "asleep" asleep; sleep 35
revisions() { kubectl get revisions -n kubesent -l serving.knative.dev/service=kubesent --no-headers | wc -l; }
before=$(revisions)

begin "a Deployment with too little memory, and one whose image does not exist"
deployment hungry localhost/memhog:1; deployment typo localhost/app:9.9
heard() { cat $work/log/told.* 2>/dev/null | grep -q "type: dev.kubesent.incident.$1"; }
for type in opened diagnosed healing verifying noautomaticfix; do await 60 "heard: $type" heard $type; done
await 400 "Healed" phase hungry Healed
await 60 "heard: healed" heard healed
kubectl delete deployment typo -n demo >/dev/null
await 400 "heard: closed, as the Deployment was deleted" heard closed
await 200 "asleep" asleep
sleep 5
say "Revisions of KubeSent: $before, and then $(revisions)"
say "told only of what a person has to mend: $(kubectl logs -n chat deploy/mending --tail=-1 | grep -c 'POST' || true) event(s): $(kubectl logs -n chat deploy/mending --tail=-1 | grep -o 'type=[^ ]*' | sort | uniq -c | xargs)"
python3 - $work <<'PY'
import glob, re, sys
events = []
for file in glob.glob(sys.argv[1] + "/log/told.*"):
    for at, event in re.findall(r"(?ms)^(\S+Z) ☁️\s+cloudevents\.Event\n(.*?)(?=^\S+Z ☁️|\Z)", open(file).read()): events.append((at, re.sub(r"(?m)^\S+Z ?", "", event)))
events = [event for _, event in sorted(events)]
field = lambda event, name: (re.search(rf"(?m)^\s+{name}: (.*)$", event) or [None, "?"])[1].strip()
stories = {}
for event in events: stories.setdefault(re.search(r'"name": "([^"]*)"', event)[1], []).append(field(event, "type").removeprefix("dev.kubesent.incident.") + " (" + field(event, "subject") + ")")
wrong, records = sum("Validation Error" in event for event in events), sum('"record"' in event for event in events)
print(f"    {len(events)} events, as CloudEvents' SDK reads them; {wrong} not valid; with a record of an intent: {records}")
for incident, told in sorted(stories.items()): print(f"    {incident}: " + ", ".join(told))
failed = 1 if wrong or not events or records else 0
print("    one of them:"); print("\n".join("        " + line[:150] for line in (events[0] if events else "").splitlines()[:14]))
sys.exit(failed)
PY
