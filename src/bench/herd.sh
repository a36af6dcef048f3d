#!/usr/bin/env bash
# What a herd costs: thousands of pods of one broken rollout, a thousand broken workloads, five thousand old incidents. Prints one row a case.
#
#   src/bench/herd.sh [CASE...]     crash (10,000 pods x 3 events, 16 connections), crash-1 (1 connection), one (ONE event of 10,000 pods),
#                                   oom, distinct (1,000 workloads), old (one more failure beside 5,000 incidents); all of them without a CASE
#
# It needs a real API server (KUBE, ../shared/kube/kube by default), Go, Python 3 and curl, and target/kubesent.jar; with
# target/kubesent-image.tar (./mvnw -Pimage package) it runs the image's layout. The process gets the image's flags and the pod's memory
# (MAXRAM, 384m). The load, etcd and the API server share the machine with what is measured: only figures of one run compare.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
KUBE=${KUBE:-$top/../shared/kube/kube}
B=${BENCH:-${TMPDIR:-/tmp}/kubesent-herd}; mkdir -p "$B/bin" "$B/rootfs"
JAVA25=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)}
export RUN=$B/api APIPORT=${APIPORT:-28443} ETCDPORT=${ETCDPORT:-28379} ETCDPEER=${ETCDPEER:-28380}
PORT=${PORT:-28080}; MAXRAM=${MAXRAM:-384m}; api=https://127.0.0.1:$APIPORT; PID=
stop() { [ -z "$PID" ] || { kill "$PID" 2>/dev/null || true; for _ in $(seq 100); do kill -0 "$PID" 2>/dev/null || break; sleep 0.1; done; kill -9 "$PID" 2>/dev/null || true; PID=; }; }
trap 'stop; "$KUBE" api down >/dev/null 2>&1 || true' EXIT
cluster() { "$B/bin/cluster" -api "$api" "$@"; }
report() { python3 "$here/herd/report.py" "$@"; }
asked() { if [ -f "$RUN/audit.log" ]; then wc -l <"$RUN/audit.log"; else echo 0; fi; }

prepare() {
  (cd "$here/herd" && for t in cluster replay; do go build -o "$B/bin/$t" "./$t"; done)
  if [ -f "$top/target/kubesent-image.tar" ]; then
    python3 "$here/herd/unpack.py" "$top/target/kubesent-image.tar" "$B/rootfs" >"$B/command"
  else
    [ -f "$top/target/kubesent.jar" ] || { echo "first: ./mvnw -q package -DskipTests" >&2; exit 2; }
    echo "$JAVA25 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -jar $top/target/kubesent.jar" >"$B/command"
  fi; }

# a fresh API server with a node, the CRD, two namespaces that opted in, and an audit log of the user "kubesent" alone
fresh() {
  "$KUBE" api down >/dev/null 2>&1 || true; mkdir -p "$RUN/pki"; rm -f "$RUN/audit.log"
  printf '%s\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' 'omitStages: [RequestReceived, ResponseStarted]' 'rules:' '- {level: Metadata, users: ["kubesent"]}' '- {level: None}' >"$RUN/audit.yaml"
  printf 'lab-admin-token,lab-token-admin,lab-token-admin,"system:masters"\nkubesent-token,kubesent,kubesent,"system:masters"\n' >"$RUN/pki/tokens.csv"
  APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log --audit-log-maxsize=4000 --audit-log-mode=batch" "$KUBE" api up >"$B/log-api.txt" 2>&1
  cat >"$B/kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "$api", certificate-authority-data: $(base64 -w0 <"$RUN/pki/ca.crt")}}]
users: [{name: kubesent, user: {token: kubesent-token}}]
contexts: [{name: lab, context: {cluster: lab, user: kubesent, namespace: default}}]
current-context: lab
K
  local k; k="$("$KUBE" bin)/kubectl --kubeconfig=$RUN/kubeconfig"
  { $k apply -f "$top/knative/base/000-namespace.yaml" -f "$top/knative/base/100-incident-crd.yaml"
    for n in demo other; do $k create namespace $n; $k label namespace $n kubesent.dev/heal=enabled; $k create sa default -n $n; done
    $k wait --for=condition=established crd/incidents.kubesent.dev --timeout=30s
    $k create -f "$here/herd/node.yaml"; $k replace --subresource=status -f "$here/herd/node.yaml"; } >>"$B/log-api.txt" 2>&1; }

# the process on $PORT as $PID, ready
process() {
  local w; read -ra w <"$B/command"; rm -f "$B/gc.log"
  (cd "$B"; exec env KUBECONFIG="$B/kubeconfig" KUBESENT_CLUSTER=kubeconfig KUBESENT_NAMESPACE=kubesent LOGGING_STRUCTURED_FORMAT_CONSOLE=logstash SERVER_PORT="$PORT" \
    "${w[0]}" "-XX:MaxRAM=$MAXRAM" "-Xlog:gc*:file=$B/gc.log" "${w[@]:1}") >"$B/log.txt" 2>&1 & PID=$!
  for _ in $(seq 600); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PORT/actuator/health/readiness")" = 200 ] && return
    kill -0 $PID 2>/dev/null || break; sleep 0.1; done
  echo "not ready; see $B/log.txt" >&2; exit 1; }

# measure NAME EVENTS CONNS SECONDS [replay options]: what came of it, SECONDS after the last answer
measure() {
  local name=$1 events=$2 conns=$3 after=$4 a; shift 4; sleep 2; a=$(asked)
  "$B/bin/replay" -port "$PORT" -pid "$PID" -conns "$conns" -events "$events" "$@" >"$B/replay.json"
  sleep "$after"
  echo "== $name; load $(cut -d' ' -f1 /proc/loadavg)"
  report replay "$B/replay.json"; report audit "$RUN/audit.log" "$a"
  echo "incidents      $(cluster count 2>/dev/null | sed 's/^incidents //')"
  echo "RSS MiB        highest $(awk '/^VmHWM/{print int($2/1024)}' /proc/$PID/status 2>/dev/null || true), now $(awk '/^VmRSS/{print int($2/1024)}' /proc/$PID/status 2>/dev/null || true)"
  report gc "$B/gc.log"
  echo "alive          $(curl -s -m 10 -o /dev/null -w '%{http_code} in %{time_total} s' "http://127.0.0.1:$PORT/actuator/health/liveness" || echo no)"; }

rollout() { fresh; cluster rollout -name web -pods "$2" -kind "$1" -per 3 -events "$B/herd.bin"; process; }
run() {
  case $1 in
    crash) rollout crash 10000; measure "crash, 10,000 pods x 3 events, 16 connections" "$B/herd.bin" 16 20 ;;
    crash-1) rollout crash 10000; measure "crash, 10,000 pods x 3 events, 1 connection" "$B/herd.bin" 1 20 ;;
    one) rollout crash 10000; measure "crash, ONE event of 10,000 pods" "$B/herd.bin" 1 20 -limit 1 ;;
    oom) rollout oom 10000; measure "OOM, 10,000 pods x 3 events, 16 connections" "$B/herd.bin" 16 20 ;;
    distinct) fresh; cluster distinct -name app -pods 1000 -kind mixed -per 3 -events "$B/herd.bin"; process
      measure "1,000 different broken workloads, 16 connections, tried again as the source does" "$B/herd.bin" 16 60 -retry ;;
    old) fresh; cluster old -incidents 5000; cluster rollout -name web -pods 1 -kind crash -per 1 -events "$B/herd.bin"; process
      measure "one more failure beside 5,000 incidents" "$B/herd.bin" 1 10 ;;
    *) sed -n 2,6p "$0" >&2; exit 2 ;;
  esac; stop; }
prepare
[ $# -gt 0 ] || set -- crash crash-1 one oom distinct old
for c in "$@"; do run "$c"; done
