#!/usr/bin/env bash
# What it costs to watch 10,000 pods that are well (KUBESENT_FEED=watch): live heap of each, RSS, CPU and reads at rest. Prints one line for each figure.
#   ./mvnw -q package -DskipTests; src/bench/watch.sh [PODS]
# It needs what src/bench/herd.sh needs. KUBESENT: another command than java -jar target/kubesent.jar, with the image's flags. REST: seconds of rest (600).
# KSM: a kube-state-metrics to be measured beside it, over the same pods (../shared/neighbours/ksm.tar.xz has one).
set -euo pipefail
cd "$(dirname "$0")/../.."
pods=${1:-10000} rest=${REST:-600} kube=${KUBE:-../shared/kube/kube} work=$(mktemp -d)
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin | head -1)/java}
export RUN=$work/api APIPORT=${APIPORT:-29543} ETCDPORT=${ETCDPORT:-29479} ETCDPEER=${ETCDPEER:-29480}
port=$((APIPORT + 1)) api=https://127.0.0.1:$APIPORT PID= ksm=
KUBESENT=${KUBESENT:-$java -jar target/kubesent.jar}
PATH=$($kube bin):$PATH
trap '[ -z "$PID$ksm" ] || kill $PID $ksm; $kube api down >/dev/null 2>&1; rm -rf "$work"' EXIT
k() { kubectl --kubeconfig "$RUN/kubeconfig" "$@"; }
# Bytes of what lives, after a full collection.
live() { "$(dirname "$java")/jcmd" "$PID" GC.class_histogram | awk '/^Total/ { print $3 }'; }
cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/${1:-$PID}/stat"; }
rss() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/${1:-$PID}/status"; }
reads() { wc -l <"$RUN/audit.log"; }
sent() { curl -sk -H 'Authorization: Bearer lab-admin-token' "$api/metrics" | awk '/^apiserver_response_sizes_sum/ && /resource="pods"/ && /verb="LIST"/ { n += $NF } END { printf "%d", n / 1048576 }'; }

(cd src/bench/herd && go build -o "$work/cluster" ./cluster)
mkdir -p "$RUN"
printf '%s\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' 'omitStages: [RequestReceived, ResponseStarted]' 'rules:' '- {level: Metadata, users: ["system:serviceaccount:kubesent:kubesent"]}' '- {level: None}' >"$RUN/audit.yaml"
APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log" $kube api up >"$work/log" 2>&1
kubectl kustomize knative/overlays/plain | k apply --server-side -f - >>"$work/log"
k wait --for=condition=established crd/incidents.kubesent.dev --timeout=30s >>"$work/log"; until k get incidents -A >/dev/null 2>&1; do sleep 0.2; done
{ k create namespace demo; k label namespace demo kubesent.dev/heal=enabled; k create sa default -n demo
  k create rolebinding kubesent-healer -n demo --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent
  sed s/LOGPORT/1/ src/bench/herd/node.yaml >"$work/node.yaml"; k create -f "$work/node.yaml"; k replace --subresource=status -f "$work/node.yaml"; } >>"$work/log"
cat >"$work/kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "$api", certificate-authority-data: $(base64 -w0 <"$RUN/pki/ca.crt")}}]
users: [{name: kubesent, user: {token: $(k create token kubesent -n kubesent --duration=6h)}}]
contexts: [{name: lab, context: {cluster: lab, user: kubesent, namespace: default}}]
current-context: lab
K
# shellcheck disable=SC2086
KUBECONFIG=$work/kubeconfig KUBESENT_CLUSTER=kubeconfig KUBESENT_FEED=watch SERVER_PORT=$port $KUBESENT >"$work/kubesent.log" 2>&1 & PID=$!
until curl -sf "http://127.0.0.1:$port/actuator/health/readiness" | grep -q watches; do kill -0 $PID; sleep 0.2; done
# Until everything is loaded that a sweep and a pod need.
"$work/cluster" -api "$api" healthy -name first -pods 200 >>"$work/log" 2>&1
swept() { until curl -s -o /dev/null -w '%{http_code}' -X POST -d '{}' "http://127.0.0.1:$port/sweep" | grep -q 202; do sleep 1; done; sleep "$1"; }
sleep 11; swept 15
echo "commit $(git log -1 --format=%h), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
before=$(live); echo "live heap with 200 pods: $((before / 1024)) KiB; RSS $(rss) MiB"
busy=$(cpu); begun=$SECONDS
"$work/cluster" -api "$api" healthy -name well -pods "$pods" >>"$work/log" 2>&1
sleep 5; echo "$pods pods came within $((SECONDS - begun)) s: $(python3 -c "print(round($(cpu) - $busy, 1))") s of CPU"
curl -s "http://127.0.0.1:$port/actuator/prometheus" | awk '/^kubesent_events_total/ { print "  " $0 }'
swept 60
after=$(live); echo "live heap with $pods pods more, watched and swept: $((after / 1024)) KiB, $(((after - before) / pods)) bytes a pod; RSS $(rss) MiB"
busy=$(cpu); asked=$(reads); mib=$(sent); sleep "$rest"
echo "at rest for $rest s: $(python3 -c "print(round(($(cpu) - $busy) * 1000 / $rest, 1))") thousandths of a core, $(($(reads) - asked)) requests, $(($(sent) - mib)) MiB of pods listed; RSS $(rss) MiB"
grep -h "swept\|ERROR" "$work/kubesent.log" | tail -4 | cut -c1-200
if [ -n "${KSM:-}" ]; then
  "$KSM" --kubeconfig "$RUN/kubeconfig" --resources=pods --host=127.0.0.1 --port=$((port + 1)) --telemetry-host=127.0.0.1 --telemetry-port=$((port + 2)) >"$work/ksm.log" 2>&1 & ksm=$!
  until [ "$(curl -s "http://127.0.0.1:$((port + 1))/metrics" | grep -c '^kube_pod_info')" -ge "$pods" ]; do sleep 1; done
  busy=$(cpu $ksm); sleep 60
  echo "kube-state-metrics (--resources=pods) over the same: RSS $(rss $ksm) MiB, at rest $(python3 -c "print(round(($(cpu $ksm) - $busy) * 1000 / 60, 1))") thousandths of a core"
fi
