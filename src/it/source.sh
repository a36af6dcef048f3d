#!/usr/bin/env bash
# What the source costs: Knative's adapter over N namespaces that opted in, by the namespaceSelector of knative/base and cluster-wide by knative/overlays/cluster-wide.
# Counts watches, rollouts of the adapter, seconds until all is watched, memory, and events that never came. A stand-in takes the events, in place of KubeSent's image.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up; N=200 src/it/source.sh      on a node of its own: its image dev.local/kubesent is the stand-in
# docs/evidence/source.md has its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-knative.sh
N=${N:-200} work=target/it/source; rm -rf $work; mkdir -p $work/selector $work/cluster-wide
. src/it/keep-logs.sh
lab=$(mktemp -d); tar xJf ../shared/knative/node/bin.tar.xz -C "$lab" bin/labkit
python3 ../shared/knative/node/mkimage.py "$lab/bin/labkit" sink | ctr -a "$run/containerd.sock" -n k8s.io images import - >/dev/null
ctr -a "$run/containerd.sock" -n k8s.io images tag --force kn.lab/sink:1 dev.local/kubesent:0.1.0 >/dev/null
for shape in selector cluster-wide; do
  # It does not sleep, so that its log has all.
  printf 'resources: [../../../../knative%s]\npatches:\n- target: {group: serving.knative.dev, kind: Service, name: kubesent}\n  patch: |\n    - {op: replace, path: /spec/template/metadata/annotations/autoscaling.knative.dev~1min-scale, value: "1"}\n    - {op: replace, path: /spec/template/metadata/annotations/autoscaling.knative.dev~1max-scale, value: "1"}\n- target: {kind: PingSource, name: kubesent-sweep}\n  patch: |\n    - {op: replace, path: /spec/schedule, value: "0 0 1 1 *"}\n' \
    "$([ $shape = selector ] || echo /overlays/cluster-wide)" >$work/$shape/kustomization.yaml
done
kubectl proxy --port=18765 >/dev/null 2>&1 &
api=http://127.0.0.1:18765
until curl -sf -o /dev/null $api/version; do sleep 0.2; done
# namespaces FROM TO opted|not
namespaces() { seq -f "%03g" "$1" "$2" | while read -r n; do printf -- '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop-%s, labels: {lab: source%s}}\n' "$n" "$([ "$3" = not ] || echo ', kubesent.dev/heal: enabled')"; done | kubectl apply -f - >/dev/null; }
accounts() { [ "$(kubectl get serviceaccounts -A --field-selector metadata.name=default --no-headers | grep -c ' *shop-' || true)" -ge "$1" ]; }
watches() { curl -s $api/metrics | awk '/^apiserver_longrunning_requests\{/ && /verb="WATCH"/ && (/resource="pods"/ || /resource="incidents"/) && /subresource=""/ {n += $NF} END {print n + 0}'; }
adapters() { kubectl get pods -n kubesent -l eventing.knative.dev/sourceName=kubesent --no-headers 2>/dev/null | grep -vc Terminating || true; }
rollouts() { kubectl get deployments -n kubesent -l eventing.knative.dev/sourceName=kubesent -o jsonpath='{.items[0].metadata.generation}'; }
rss() { ps -eo rss=,args= | awk -v p="$1" '$2 ~ p && $1 > m {m = $1} END {printf "%d MiB", m / 1024}'; }
settled() { [ "$(adapters)" = 1 ] && [ $(($(watches) - others)) = "$expected" ]; }
# Pods that no scheduler takes: each is one "add" event. one a tenth of a second, round the namespaces that opted in, until the file "stop" is there.
cat >$work/pods.py <<'PY'
import json, os, sys, time, urllib.request
api, count, out, rate, most = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), int(sys.argv[5])
begun, n = time.time(), 0
with open(out, "w", buffering=1) as log:
    while not os.path.exists(out + ".stop") and n < most:
        ns, name = f"shop-{n % count + 1:03d}", f"{os.path.basename(out)}-{n}"
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {"schedulerName": "nobody", "automountServiceAccountToken": False, "containers": [{"name": "app", "image": "localhost/app:1.0"}]}}
        request = urllib.request.Request(f"{api}/api/v1/namespaces/{ns}/pods", json.dumps(pod).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).read()
        log.write(f"{time.time():.3f} {name}\n"); n += 1
        wait = begun + n / rate - time.time()
        if wait > 0: time.sleep(wait)
PY
tell() { python3 - "$work" "$1" <<'PY'
import glob, re, sys
work, run = sys.argv[1:]
made = [line.split() for line in open(f"{work}/{run}")]
came, twice = {}, 0
for file in glob.glob(work + "/log/kubesent.*"):
    for at, name in re.findall(rf"(?m)^\S+ (\S+) \S+ #\d+ POST .* name=({run}-\d+) .*type=dev.knative.apiserver.resource.add", open(file).read()):
        twice += name in came; came.setdefault(name, at)
lost = [float(at) for at, name in made if name not in came]
print(f"{len(made)} pods made, {len(lost)} never came" + (f", within {max(lost) - min(lost):.0f} s" if lost else "") + (f"; {twice} came twice" if twice else ""))
PY
}
# measure RUN "what" COMMAND…: pods are made meanwhile, one each tenth of a second, until everything is watched again
measure() { local id=$1 what=$2 before begun end; shift 2
  before=$(rollouts)
  python3 $work/pods.py $api "$count" "$work/$id" 10 100000 & local maker=$!
  sleep 3; begun=$(date +%s%N); "$@"; sleep 2; end=$((SECONDS + 400))
  until settled; do [ $SECONDS -lt $end ] || { say "NEVER: all watched; $(watches) watches, of which others' $others, expected $expected, $(adapters) adapters"; break; }; sleep 0.5; done
  local took=$(( ($(date +%s%N) - begun) / 1000000000 ))
  sleep 4; touch "$work/$id.stop"; wait $maker; sleep 5
  say "$what: all is watched after $took s; rollouts of the adapter $(($(rollouts) - before)); $(tell "$id")"; }
label() { kubectl label namespace "shop-$(printf %03d "$1")" kubesent.dev/heal=enabled --overwrite >/dev/null; }
one_after_another() { local n; for n in $(seq "$1" "$2"); do label "$n"; sleep 2; done; }
fresh() { kubectl create namespace "other-$1" >/dev/null; }
restarted() { kubectl delete pod -n kubesent -l eventing.knative.dev/sourceName=kubesent --wait=false >/dev/null; sleep 1; }
burst() { local begun; begun=$(date +%s%N); python3 $work/pods.py $api "$count" "$work/$1" 1000 400; local made=$(( ($(date +%s%N) - begun) / 1000000 ))
  for _ in $(seq 60); do grep -qs "name=$1-399 " $work/log/kubesent.* && break; sleep 0.5; done; sleep 3; say "400 pods as fast as it goes ($made ms): $(tell "$1")"; }
rest() { say "at rest: $(($(watches) - others)) watches; RSS of the adapter $(rss apiserver_receive_adapter), of the API server $(rss kube-apiserver)"; }

begin "$N namespaces that will opt in, 60 that will not"
kubectl apply -k knative >/dev/null; kubectl delete apiserversource,ksvc,pingsource -n kubesent --all >/dev/null
namespaces 1 $((N + 60)) not; await 120 "they are there" accounts $((N + 60)); sleep 5
others=$(watches); say "watches of pods and incidents by others: $others; RSS of the API server $(rss kube-apiserver)"
keep kubesent user-container
up() { kubectl apply -k "$work/$1" >/dev/null; await 90 "the service is ready" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s
  await 200 "the source is ready" kubectl wait --for=condition=Ready apiserversource/kubesent -n kubesent --timeout=1s; }

for shape in ${SHAPES:-cluster-wide selector}; do
  begin "--- $shape"
  kubectl label namespaces -l lab=source kubesent.dev/heal- >/dev/null; label 1; count=1
  [ $shape = selector ] && expected=2 || expected=2
  up $shape; await 60 "all is watched" settled
  for steps in 10 25 50 100 $((N - 1)); do
    [ "$steps" -lt "$N" ] || continue
    kubectl label --overwrite namespaces $(seq -f "shop-%03g" 1 "$steps") kubesent.dev/heal=enabled >/dev/null; count=$steps
    [ $shape = selector ] && expected=$((2 * steps)); sleep 3
    await 400 "$steps have opted in, and all is watched" settled
    [ $shape = selector ] && expected=$((2 * steps + 2))
    measure "$shape-$steps" "with $steps, one more opts in" label $((steps + 1))
  done
  count=$N; rest
  [ $shape = selector ] && expected=$((2 * N + 20))
  measure "$shape-ten" "with $N, ten more opt in, one each two seconds" one_after_another $((N + 1)) $((N + 10))
  measure "$shape-fresh" "a namespace is made that has nothing to do with it" fresh $shape
  measure "$shape-killed" "the adapter's pod is deleted" restarted
  burst "$shape-burst"; rest
  say "not sent, by the adapter's log: $(not_sent)"
  kubectl delete apiserversource,ksvc -n kubesent --all >/dev/null; kubectl delete pods -A -l '!app' --field-selector spec.schedulerName=nobody --force --grace-period=0 --wait=false >/dev/null 2>&1 || true
  sleep 10; others=$(watches)
done
