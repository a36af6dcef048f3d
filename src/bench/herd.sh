#!/usr/bin/env bash
# What a herd costs: thousands of pods of one broken rollout, a thousand broken workloads, five thousand old incidents. Prints a table with what must
# be and what was measured, and ends with 1 where something is missed. src/bench/README.md says what each case does.
#
#   src/bench/herd.sh [CASE...]     crash, crash-1, one, oom, distinct, old, sweep; all of them without a CASE. The table has also the cases of earlier
#                                   calls; src/bench/herd.sh table prints it again.
#
# It needs a real API server (KUBE, ../shared/kube/kube by default), Go, Python 3 and curl, and target/kubesent.jar; with
# target/kubesent-image.tar (./mvnw -Pimage package) it runs the image's layout with its AOT cache. The process gets the image's flags, the pod's memory
# (MAXRAM, 384m) and the token of its own ServiceAccount, with the rights of knative/base and no other. The load, etcd and the API server share the
# machine with what is measured: only figures of one run compare. JVM: further options. BENCH: work folder. SPRING=no: nobody asks for a metric first,
# so Spring starts only where the herd itself needs it, as in a function that was woken (docs/decisions/0137).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
KUBE=${KUBE:-$top/../shared/kube/kube}
B=${BENCH:-${TMPDIR:-/tmp}/kubesent-herd}; mkdir -p "$B/bin" "$B/out"
JAVA25=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)}
export RUN=$B/api APIPORT=${APIPORT:-28443} ETCDPORT=${ETCDPORT:-28379} ETCDPEER=${ETCDPEER:-28380}
SPRING=${SPRING:-yes}; PORT=${PORT:-28080}; LOGPORT=${LOGPORT:-28250}; MAXRAM=${MAXRAM:-384m}; api=https://127.0.0.1:$APIPORT; PID=
stop() {
  [ -z "$PID" ] || { kill "$PID" 2>/dev/null || true; for _ in $(seq 100); do kill -0 "$PID" 2>/dev/null || break; sleep 0.1; done; kill -9 "$PID" 2>/dev/null || true; PID=; }; }
. "$here/herd/lab.sh"
trap 'stop; ended' EXIT
report() { python3 "$here/herd/report.py" "$@"; }
rss() { awk "/^$1/{print int(\$2/1024)}" "/proc/$PID/status" 2>/dev/null || echo 0; }
load() { cut -d' ' -f1 /proc/loadavg; }
cpu() { python3 -c "import time; print(round(time.clock_gettime(((~$PID)<<3)|2),2))" 2>/dev/null || echo 0; }

prepare() {
  unpacked
  echo "commit $(git -C "$top" log -1 --format=%h), $(date -u '+%F %H:%M') UTC, $(nproc) cores, load $(load), $([ -f "$top/target/kubesent-image.tar" ] && echo "the image's layout" || echo 'the plain jar'), MaxRAM $MAXRAM$([ "$SPRING" = yes ] || echo ', Spring not asked for')" | tee "$B/out/run"; }

# The process on $PORT as $PID, ready, and quiet again; from here on its highest memory is counted anew.
process() {
  local w; read -ra w <"$B/command"; rm -f "$B/gc.log"
  # shellcheck disable=SC2086
  (cd "$B"; exec env KUBECONFIG="$B/kubeconfig" KUBESENT_CLUSTER=kubeconfig KUBESENT_NAMESPACE=kubesent LOGGING_STRUCTURED_FORMAT_CONSOLE=logstash SERVER_PORT="$PORT" \
    "${w[0]}" "-XX:MaxRAM=$MAXRAM" "-Xlog:gc*:file=$B/gc.log" ${JVM:-} "${w[@]:1}") >"$B/log.txt" 2>&1 & PID=$!
  for _ in $(seq 600); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PORT/actuator/health/readiness")" = 200 ] && break
    kill -0 $PID 2>/dev/null || { echo "it did not start; see $B/log.txt" >&2; exit 1; }; sleep 0.1; done
  [ "$SPRING" = no ] || curl -s -m 60 -o /dev/null "http://127.0.0.1:$PORT/actuator/metrics" # ready means that events are taken; all of it is there when this answers
  sleep 3; started=$(rss VmHWM) idle=$(rss VmRSS) busy=$(cpu) before=$(load) line=$(wc -l <"$RUN/audit.log" 2>/dev/null || echo 0) bytes=$(read_bytes)
  echo 5 >/proc/$PID/clear_refs 2>/dev/null || true; }

# Bytes that the API server has sent for reads, of whomever: nobody else reads while a case is measured that asks for it.
read_bytes() { curl -sk -H 'Authorization: Bearer lab-admin-token' "$api/metrics" | awk '/^apiserver_response_sizes_sum/ && !/[{,]resource=""/ { sum += $NF } END { printf "%d", sum }'; }

replay() { local to=$1 events=$2 conns=$3; shift 3; "$B/bin/replay" -port "$PORT" -pid "$PID" -conns "$conns" -events "$events" "$@" >"$to"; }
# decided [SECONDS [PHASE...]]: until no incident is at one of the phases any more
decided() {
  local until=$((SECONDS + $1)); shift
  while [ $SECONDS -lt $until ] && cluster count 2>/dev/null | grep -qE "$(IFS='|'; echo "${*:-Opened|Diagnosed}")"; do sleep 5; done; }

# measured CASE: the files of the case, and its line
measured() {
  local o=$B/out/$1 alive; sent=$(read_bytes)
  cluster count >"$o/count.json" 2>/dev/null
  alive=$(curl -s -m 10 -o /dev/null -w '%{http_code} in %{time_total} s' "http://127.0.0.1:$PORT/actuator/health/liveness") || true
  local most; most=$(rss VmHWM)
  printf '{"commit": "%s", "look_s": '"$look"', "rss_idle": %d, "rss_started": %d, "rss_most": %d, "rss_now": %d, "cpu_s": %s, "load_before": %s, "load": %s, "alive": "%s", "read_bytes": %d}\n' "$(git -C "$top" log -1 --format=%h)" "$idle" "$started" \
    "$((most > started ? most : started))" "$(rss VmRSS)" "$(python3 -c "print(round($(cpu)-$busy,2))")" "$before" "$(load)" "$alive" "$((sent - bytes))" >"$o/state.json"
  tail -n +$((line + 1)) "$RUN/audit.log" >"$o/audit.log"; [ -z "$audit" ] || mv "$audit" "$o/audit.log"; cp "$B/gc.log" "$B/log.txt" "$o"
  report case "$1" "$o"; }

# A rollout that fails, and is not changed by what KubeSent does, is used again: without the incidents and Events of the case before.
there=
rollout() {
  if [ "$1" = crash ] && [ "$there" = crash ]; then
    for p in apis/kubesent.dev/v1alpha1/namespaces/demo/incidents api/v1/namespaces/demo/events; do curl -sk -o /dev/null -X DELETE -H 'Authorization: Bearer lab-admin-token' "$api/$p"; done
  else fresh; cluster rollout -name web -pods 10000 -kind "$1" -per 3 -events "$B/herd.bin"; fi
  there=$1; process; }
# A sweep, from the request to the line that it writes at its end.
swept() {
  local before; before=$(grep -c '"message":"swept ' "$B/log.txt" || true)
  curl -s -m 300 -o /dev/null -X POST -H 'ce-id: 1' -H 'ce-source: x' -H 'ce-specversion: 1.0' -H 'ce-type: dev.knative.sources.ping' -H 'content-type: application/json' -d '{}' "http://127.0.0.1:$PORT/sweep" || true
  for _ in $(seq 600); do [ "$(grep -c '"message":"swept ' "$B/log.txt" || true)" -gt "$before" ] && break; sleep 0.1; done; }
# known SECONDS N: until N workloads have an incident
known() { local until=$((SECONDS + $1)); while [ $SECONDS -lt $until ] && ! cluster count 2>/dev/null | grep -q "\"owners\":$2,"; do sleep 2; done; }
run() {
  local o=$B/out/$1; rm -rf "$o"; mkdir -p "$o"; audit='' look=0; echo "== $1"
  case $1 in
    crash) rollout crash; replay "$o/replay.json" "$B/herd.bin" 16; sleep 10 ;;
    crash-1) rollout crash; replay "$o/replay.json" "$B/herd.bin" 1; sleep 10 ;;
    one) rollout crash; replay "$o/replay.json" "$B/herd.bin" 1 -limit 1; sleep 20 ;;
    oom) rollout oom; "$B/bin/cluster" -api "$api" controller -name web >"$o/controller.txt" 2>&1 & stubs+=($!)
      replay "$o/replay.json" "$B/herd.bin" 16; decided 300 Opened Diagnosed Acting Verifying Undoing ;;
    distinct) fresh; cluster distinct -name app -pods 1000 -kind mixed -per 3 -events "$B/herd.bin"
      cluster -ns other distinct -name lone -pods 1 -kind oom -per 3 -events "$B/other.bin"; process
      { sleep 5; replay "$o/other.json" "$B/other.bin" 1 -ns other -retry; } & local other=$!
      replay "$o/replay.json" "$B/herd.bin" 16 -retry; wait $other; decided 300 ;;
    old) fresh; cluster old -incidents 5000; cluster rollout -name web -pods 1 -kind crash -per 1 -events "$B/herd.bin"; process
      replay "$o/replay.json" "$B/herd.bin" 1; sleep 10 ;;
    sweep) fresh; cluster healthy -name well -pods 5000; cluster distinct -name app -pods 50 -kind mixed -per 1; process
      sleep 80 # what a sweep shares is for pods that are older than that (docs/decisions/0132)
      swept; known 120 50; decided 60; sleep 5; tail -n +$((line + 1)) "$RUN/audit.log" >"$o/first.log"
      sleep 75 # what was found out is remembered for a minute, and judged again after five
      line=$(wc -l <"$RUN/audit.log") look=$(cpu); swept; look=$(python3 -c "print(round($(cpu)-$look,2))"); sleep 3
      tail -n +$((line + 1)) "$RUN/audit.log" >"$o/second.log"; mkdir -p "$o/second"; mv "$o/second.log" "$o/second/audit.log"
      audit=$o/first.log ;;
    *) sed -n 5,7p "$0" >&2; exit 2 ;;
  esac; measured "$1"; stop; }
if [ "${1:-}" != table ]; then
  prepare
  [ $# -gt 0 ] || set -- crash crash-1 one oom distinct old sweep
  for c in "$@"; do run "$c"; done
fi
echo; cat "$B/out/run"; echo
report table "$B/out"
