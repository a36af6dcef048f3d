#!/usr/bin/env bash
# A Broker between the source and KubeSent: knative/overlays/broker as it stands (but for the image of its dead-letter service, which is of this machine), on real Knative.
# The function answers 503 for two minutes, then for longer than the Broker tries; each event of the Broker has to be delivered, or be in the dead letters, and all heal.
# First what src/it/on-knative.sh says, with BROKER=1; src/it/broker.sh. docs/evidence/broker.md has its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
work=target/it/broker; rm -rf $work; mkdir -p $work/log
cp knative/overlays/namespaces/namespaces.yaml $work/
cat >$work/kustomization.yaml <<'YAML'
resources: [../../../knative/overlays/broker, namespaces.yaml]
images: [{name: gcr.io/knative-releases/knative.dev/eventing/cmd/event_display, newName: kn.lab/event_display, newTag: "1"}]
YAML
# The function's own proxy says what it was sent, and what it answered. No word of KubeSent is needed for that.
kubectl patch configmap config-observability -n knative-serving --type=merge -p '{"data":{"logging.enable-request-log":"true","logging.request-log-template":"REQ {{.Request.Header.Get \"Ce-Id\"}} {{.Response.Code}}\n"}}' >/dev/null
. src/it/keep-logs.sh
keep kubesent queue-proxy; keep kubesent-dead-letters user-container
letters() { cat $work/log/kubesent-dead-letters.* 2>/dev/null | grep -c '  id: ' || true; }
heard() { [ "$(letters)" -gt "$1" ]; }
phase() { kubectl get incidents -n demo -o json | jq -e --arg w "Deployment/$1" --arg p "$2" '.items[] | select(.status.workload == $w) | select(.status.phase | test($p))'; }
available() { [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.status.availableReplicas}/{.status.updatedReplicas}')" = 1/1 ] && [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')" != 32Mi ]; }
killed() { kubectl get pods -n demo -l app="$1" -o json | jq -e '.items[].status.containerStatuses[]? | select(.state.terminated.reason == "OOMKilled" or .lastState.terminated.reason == "OOMKilled")'; }
. src/it/failing.sh
deployment() { failing "$1" '{limits: {memory: 32Mi}}' "${2:-}" | kubectl apply -f - >/dev/null; }
# The function's next Revision answers 503 to everything; applied again, the kustomization puts back what was.
refuses() { kubectl patch ksvc kubesent -n kubesent --type=json -p '[
  {"op":"replace","path":"/spec/template/spec/containers/0/image","value":"kn.lab/labkit:1"},{"op":"add","path":"/spec/template/spec/containers/0/args","value":["sink"]},
  {"op":"add","path":"/spec/template/spec/containers/0/env/-","value":{"name":"STATUS","value":"503"}},{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe","value":{"tcpSocket":{"port":8080}}},
  {"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]' >/dev/null; sleep 1; await 90 "the function answers 503" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s; }
again() { kubectl apply -k $work >/dev/null; sleep 1; await 90 "KubeSent is there again" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s; }

# Each event that the recorder had: what the function's proxy answered to it, and whether it is a dead letter. Ends with 1 where it is neither taken nor there.
account() { kubectl logs -n lab deploy/recorder --tail=-1 >$work/recorder.log; python3 - $work "$@" <<'PY'
import glob, re, sys
work, last = sys.argv[1], len(sys.argv) > 2
had, pods = {}, {}
for line in open(work + "/recorder.log"):
    m = re.search(r" id=(\S+).* kind=(\S+).* name=(\S+) namespace=(\S+).* time=(\S+)", line)
    if m: had[m[1]] = m[5]; pods.setdefault((m[2], m[4], m[3]), []).append(m[1])
answers, first = {}, {}
for file in glob.glob(work + "/log/kubesent.*"):
    for at, id, code in re.findall(r"(?m)^(\S+) REQ (\S+) (\d+)$", open(file).read()):
        answers.setdefault(id, set()).add((at, int(code)))
for id, some in answers.items():
    answers[id] = [code for _, code in sorted(some)]; first[id] = min(at for at, code in some if code < 300) if any(c < 300 for _, c in some) else None
dead = set()
for file in glob.glob(work + "/log/kubesent-dead-letters.*"): dead |= set(re.findall(r"  id: (\S+)", open(file).read()))
took = {id for id in had if any(c < 300 for c in answers.get(id, []))}
lost = set(had) - took - dead
if lost and not last: sys.exit(1)
tries = [len([c for c in answers[id] if c >= 300]) for id in took]
print(f"    {len(had)} events of {len(pods)} objects; taken at the first try {tries.count(0)}, after one or more 503 {len(tries) - tries.count(0)} (at most {max(tries, default=0)} of them); dead letters {len(dead & set(had))}, of which taken as well {len(dead & took)}; neither: {len(lost)}")
print(f"    answers: " + ", ".join(f"{c}: {sum(a.count(c) for a in answers.values())}" for c in sorted({c for a in answers.values() for c in a})))
mixed = sum(1 for ids in pods.values() if [i for i in sorted(ids, key=had.get) if first.get(i)] != sorted([i for i in ids if first.get(i)], key=first.get))
print(f"    objects whose events were taken in another order than they were sent: {mixed}")
sys.exit(1 if lost else 0)
PY
}

begin "kubectl apply -k knative/overlays/broker, with a namespace in scope"
ctr -a "$run/containerd.sock" -n k8s.io images import "$image" >/dev/null
kubectl apply -k $work >/dev/null
for what in ksvc/kubesent ksvc/kubesent-dead-letters broker/kubesent trigger/kubesent apiserversource/kubesent; do await 120 "$what is ready" kubectl wait --for=condition=Ready $what -n kubesent --timeout=1s; done
# Beside the function a second subscriber, which takes all that the Trigger lets through: what the Broker had.
kubectl apply -f - >/dev/null <<'YAML'
apiVersion: v1
kind: Namespace
metadata: {name: lab}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: recorder, namespace: lab}
spec:
  selector: {matchLabels: {app: recorder}}
  template:
    metadata: {labels: {app: recorder}}
    spec: {terminationGracePeriodSeconds: 2, containers: [{name: recorder, image: "kn.lab/labkit:1", args: [sink]}]}
---
apiVersion: v1
kind: Service
metadata: {name: recorder, namespace: lab}
spec: {selector: {app: recorder}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: recorder, namespace: kubesent}
spec: {broker: kubesent, filters: [{any: [{exact: {type: dev.knative.apiserver.resource.add}}, {exact: {type: dev.knative.apiserver.resource.update}}]}], subscriber: {uri: "http://recorder.lab.svc.cluster.local"}}
YAML
await 60 "the recorder is ready" kubectl wait --for=condition=Ready trigger/recorder -n kubesent --timeout=1s
kubectl rollout status deployment/recorder -n lab --timeout=60s >/dev/null
await 200 "asleep" asleep; sleep 35

begin "a Deployment with too little memory, while the function sleeps"
deployment first
await 30 "the container is OOM-killed" killed first
await 60 "woken through the Broker" awake
await 60 "acted: the template has more memory" phase first "Verifying|Healed"
await 60 "healed: the new pod is available" available first

begin "503 for two minutes; meanwhile two Deployments with too little memory, and one whose image does not exist"
refuses
deployment second; deployment third; deployment typo localhost/app:9.9
for name in second third; do await 60 "$name: OOM-killed" killed $name; done
sleep 120
say "dead letters so far: $(letters)"
again
for name in second third; do await 140 "$name: acted" phase $name "Verifying|Healed"; await 60 "$name: healed, the new pod is available" available $name; done
await 140 "typo: a person has to mend it" phase typo NoAutomaticFix
settled() { account >/dev/null; }
await 200 "what was refused meanwhile was taken at a later try, or is in the dead letters: $(letters)" settled

begin "503 for longer than the Broker tries (1 + 2 + 4 … + 128 s)"
before=$(letters)
refuses
deployment fourth
await 60 "it is OOM-killed" killed fourth
await 400 "the first dead letter" heard "$before"
sleep 20
say "dead letters of this time: $(($(letters) - before))"
again
await 400 "fourth: acted" phase fourth "Verifying|Healed"
await 60 "fourth: healed, the new pod is available" available fourth
for name in first second third fourth; do await 700 "$name: Healed, and so it stays" phase $name Healed; done
kubectl delete deployment typo -n demo >/dev/null

begin "each event of the Broker"
for _ in $(seq 60); do account >/dev/null && break; sleep 5; done
failed=0; account last || { say "WRONG: lost"; failed=1; }
acts=$(kubectl get incidents -n demo -o json | jq -c '[.items[] | [.status.workload, (.status.acts // [] | length), .status.phase]]'); say "acts: $acts"
jq -e 'all(.[1] <= 1)' <<<"$acts" >/dev/null || { say "WRONG: more than one act"; failed=1; }
echo "--- stories"; kubectl get incidents -n demo -o json | jq -r '.items[] | .metadata.name, (.status.story[] | "    " + .)'
exit $failed
