#!/usr/bin/env bash
# What KubeSent tells of its incidents, and who hears it: knative/overlays/sink (a SinkBinding and a Broker), Knative's event_display as a consumer that sleeps (it checks each event
# by CloudEvents' own SDK), and a second one that is told of refusals only. First what src/it/on-knative.sh says, with BROKER=1; docs/evidence/broker.md has its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
work=target/it/sink; rm -rf $work; mkdir -p $work
cp knative/overlays/namespaces/namespaces.yaml $work/
printf 'resources: [../../../knative/overlays/sink, namespaces.yaml]\n' >$work/kustomization.yaml
. src/it/keep-logs.sh
phase() { kubectl get incidents -n demo -o json | jq -e --arg w "Deployment/$1" --arg p "$2" '.items[] | select(.status.workload == $w and .status.phase == $p)'; }
deployment() { kubectl apply -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1, namespace: demo}
spec:
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "$2", args: ["64", "4"], resources: {limits: {memory: 32Mi}}}
YAML
}
begin "kubectl apply -k knative/overlays/sink, with a namespace in scope"
ctr -a "$run/containerd.sock" -n k8s.io images import "$image" >/dev/null
kubectl apply -k $work >/dev/null
for what in ksvc/kubesent broker/kubesent-told sinkbinding/kubesent apiserversource/kubesent; do await 120 "$what is ready" kubectl wait --for=condition=Ready $what -n kubesent --timeout=1s; done
bound() { [ -n "$(kubectl get ksvc kubesent -n kubesent -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="K_SINK")].value}')" ]; }
await 30 "K_SINK is set" bound
say "K_SINK: $(kubectl get ksvc kubesent -n kubesent -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="K_SINK")].value}')"
kubectl apply -f - >/dev/null <<'YAML'
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: told, namespace: kubesent, labels: {networking.knative.dev/visibility: cluster-local}}
spec: {template: {spec: {containers: [{image: "kn.lab/event_display:1"}]}}}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: told, namespace: kubesent}
spec: {broker: kubesent-told, subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: told}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: refusals, namespace: kubesent}
spec:
  selector: {matchLabels: {app: refusals}}
  template:
    metadata: {labels: {app: refusals}}
    spec: {terminationGracePeriodSeconds: 2, containers: [{name: refusals, image: "kn.lab/labkit:1", args: [sink]}]}
---
apiVersion: v1
kind: Service
metadata: {name: refusals, namespace: kubesent}
spec: {selector: {app: refusals}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: refusals, namespace: kubesent}
spec: {broker: kubesent-told, filters: [{exact: {type: dev.kubesent.incident.refused}}], subscriber: {uri: "http://refusals.kubesent.svc.cluster.local"}}
YAML
keep told user-container
for what in ksvc/told trigger/told trigger/refusals; do await 120 "$what is ready" kubectl wait --for=condition=Ready $what -n kubesent --timeout=1s; done
kubectl rollout status deployment/refusals -n kubesent --timeout=60s >/dev/null
await 200 "asleep" asleep; sleep 35
revisions() { kubectl get revisions -n kubesent -l serving.knative.dev/service=kubesent --no-headers | wc -l; }
before=$(revisions)

begin "a Deployment with too little memory, and one whose image does not exist"
deployment hungry localhost/memhog:1; deployment typo localhost/app:9.9
heard() { cat $work/log/told.* 2>/dev/null | grep -q "type: dev.kubesent.incident.$1"; }
for type in opened diagnosed healing verifying refused; do await 60 "heard: $type" heard $type; done
await 400 "Healed, by a sweep of the PingSource" phase hungry Healed
await 60 "heard: healed" heard healed
kubectl delete deployment typo -n demo >/dev/null
await 400 "heard: closed, as the Deployment was deleted" heard closed
await 200 "asleep" asleep
sleep 5
say "Revisions of KubeSent: $before, and then $(revisions)"
say "told of refusals only: $(kubectl logs -n kubesent deploy/refusals --tail=-1 | grep -c 'POST' || true) event(s): $(kubectl logs -n kubesent deploy/refusals --tail=-1 | grep -o 'type=[^ ]*' | sort | uniq -c | xargs)"
python3 - $work <<'PY'
import glob, re, sys
text = "\n".join(re.sub(r"(?m)^\S+Z ?", "", open(f).read()) for f in sorted(glob.glob(sys.argv[1] + "/log/told.*")))
events = re.split(r"(?m)^☁️\s+cloudevents\.Event\s*$", text)[1:]
failed = 0
stories = {}
for event in events:
    field = lambda name: (re.search(rf"(?m)^\s+{name}: (.*)$", event) or [None, "?"])[1].strip()
    stories.setdefault(field("subject"), []).append((field("time"), field("type").removeprefix("dev.kubesent.incident.")))
    if '"record"' in event: print("WRONG: a record of an intent was told"); failed = 1
print(f"    {len(events)} events by the SDK's reading, {text.count('Validation: valid')} valid, {text.count('Validation Error')} not")
for subject, some in sorted(stories.items()): print(f"    {subject}: " + ", ".join(type for _, type in some) + ("" if some == sorted(some, key=lambda one: one[0]) else "   (not in the order of their times)"))
if not events or text.count("Validation Error"): failed = 1
print("    one of them:"); print("\n".join("        " + line[:150] for line in (events[0] if events else "").splitlines()[:14]))
sys.exit(failed)
PY
