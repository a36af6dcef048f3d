#!/usr/bin/env bash
# Two processes with KUBESENT_FEED=watch on a real API server (no node): nobody sends them an event or asks for a sweep. Prints what was done, the seconds
# until each failure was acted on, and ends with 1 where one was acted on twice, or not in time. docs/evidence/watch.md is made from its output.
#   ./mvnw -q package -DskipTests; src/it/watch.sh [CASE...]      first restart closed gone killed; all of them without a CASE
# It needs Go, Python 3, curl, jq, ../shared/kube; KUBESENT: another command than java -jar target/kubesent.jar. What talks to the API server
# goes through a proxy of ours, which is told in a file what to do: pass, down, or cut (each connection lives for a second at most).
set -euo pipefail
cd "$(dirname "$0")/../.."
kube=../shared/kube/kube
work=$(mktemp -d)
export RUN=$work/api APIPORT=${APIPORT:-29443} ETCDPORT=${ETCDPORT:-29379} ETCDPEER=${ETCDPEER:-29380}
proxy=$((APIPORT + 1)) logs=$((APIPORT + 2)) ports=("$((APIPORT + 3))" "$((APIPORT + 4))") api=https://127.0.0.1:$APIPORT
KUBESENT=${KUBESENT:-${JAVA:-/usr/lib/jvm/temurin-25-jdk-amd64/bin/java} -jar target/kubesent.jar}
PATH=$($kube bin):$PATH
pids=("" "") stubs=() failed=0
ended() { for p in "${pids[@]}" "${stubs[@]}"; do [ -z "$p" ] || kill "$p" 2>/dev/null || true; done; $kube api down >/dev/null 2>&1 || true; echo "logs: $work"; }
trap ended EXIT
k() { kubectl --kubeconfig "$RUN/kubeconfig" "$@"; }
say() { printf '%s %s\n' "$(date -u +%T)" "$*"; }
wrong() { say "WRONG: $*"; failed=1; }
# within SECONDS WHAT COMMAND...: how long it took
within() { local most=$1 what=$2 begun=$SECONDS; shift 2
  until "$@"; do [ $((SECONDS - begun)) -lt "$most" ] || { wrong "$what: not within $most s"; return 0; }; sleep 0.3; done
  say "$what: after $((SECONDS - begun)) s"; }

(cd src/bench/herd && go build -o "$work/cluster" ./cluster)
$kube api up >"$work/api.log" 2>&1
kubectl kustomize knative/overlays/plain | k apply --server-side -f - >>"$work/api.log"
k wait --for=condition=established crd/incidents.kubesent.dev --timeout=30s >>"$work/api.log"; until k get incidents -A >/dev/null 2>&1; do sleep 0.2; done
k create namespace demo >/dev/null; k label namespace demo kubesent.dev/heal=enabled >/dev/null; k create sa default -n demo >/dev/null
k create rolebinding kubesent-healer -n demo --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent >/dev/null
sed "s/LOGPORT/$logs/" src/bench/herd/node.yaml >"$work/node.yaml"; k create -f "$work/node.yaml" >/dev/null; k replace --subresource=status -f "$work/node.yaml" >/dev/null
"$work/cluster" -api "$api" kubelet -port "$logs" -pki "$RUN/pki" >"$work/kubelet.log" 2>&1 & stubs+=($!)
cat >"$work/proxy.py" <<'PY'
import asyncio, sys
listen, to, mode = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
alive = set()
async def pipe(r, w):
    try:
        while data := await r.read(65536): w.write(data); await w.drain()
    except OSError: pass
    finally: w.close()
async def serve(r, w):
    if open(mode).read().strip() == "down": w.transport.abort(); return
    try: ur, uw = await asyncio.open_connection("127.0.0.1", to)
    except OSError: w.transport.abort(); return
    alive.update((w, uw)); await asyncio.gather(pipe(r, uw), pipe(ur, w)); alive.difference_update((w, uw))
async def cut():
    while True:
        await asyncio.sleep(1)
        if open(mode).read().strip() != "pass":
            for w in list(alive): w.transport.abort()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", listen)
    await asyncio.gather(server.serve_forever(), cut())
asyncio.run(main())
PY
echo pass >"$work/mode"; python3 "$work/proxy.py" "$proxy" "$APIPORT" "$work/mode" 2>"$work/proxy.log" & stubs+=($!)
cat >"$work/kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "https://127.0.0.1:$proxy", certificate-authority-data: $(base64 -w0 <"$RUN/pki/ca.crt")}}]
users: [{name: kubesent, user: {token: $(k create token kubesent -n kubesent --duration=6h)}}]
contexts: [{name: lab, context: {cluster: lab, user: kubesent, namespace: default}}]
current-context: lab
K

# process NUMBER
process() {
  # shellcheck disable=SC2086
  KUBECONFIG=$work/kubeconfig KUBESENT_CLUSTER=kubeconfig KUBESENT_FEED=watch KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100000 KUBESENT_BUDGET=1000 SERVER_PORT=${ports[$1]} \
    $KUBESENT >>"$work/process-$1.log" 2>&1 & pids[$1]=$!
  until curl -sf "http://127.0.0.1:${ports[$1]}/actuator/health/readiness" >/dev/null; do kill -0 "${pids[$1]}" || exit 1; sleep 0.2; done; }
state() { curl -s "http://127.0.0.1:${ports[$1]}/actuator/health/readiness" | jq -r '.components.cluster.details.feed // "down"'; }
leads() { [ "$(state "$1")" = watches ]; }
leader() { leads 0 && echo 0 || { leads 1 && echo 1; }; }
one_leads() { [ -n "$(leader)" ]; }
# failing NAME N: N Deployments with one pod each, that was killed for its memory
failing() { "$work/cluster" -api "$api" distinct -name "$1" -pods "$2" -kind oom -per 1 >>"$work/cluster.log" 2>&1; }
# acted NAME: how many of these Deployments were changed
acted() { k get deployments -n demo -o json | jq "[.items[] | select(.metadata.name | startswith(\"$1\")) | select(.metadata.generation > 1)] | length"; }
all_acted() { [ "$(acted "$1")" = "$2" ]; }
api_server_ends() { local p; p=$(cut -d' ' -f1 "$RUN/pid/kube-apiserver"); kill -s "$1" "$p"; while kill -0 "$p" 2>/dev/null; do sleep 0.1; done; }
swept() { grep -c "swept unfinished" "$work"/process-*.log | awk -F: '{ n += $2 } END { print n }'; }

say "$(git log -1 --format='commit %h'), load $(cut -d' ' -f1 /proc/loadavg)"
process 0; process 1
within 30 "one of two leads" one_leads
say "first: $(state 0); second: $(state 1)"

for case in ${*:-first restart closed gone killed}; do
  say "== $case"
  case $case in
    first) sleep 3; before=$(swept); failing first 1; within 10 "a failure is acted on, by the watch alone" all_acted first 1; say "sweeps meanwhile: $(($(swept) - before))" ;;
    restart)
      before=$(swept); api_server_ends TERM; sleep 5
      $kube api up >>"$work/api.log" 2>&1; say "the API server is up again"; failing restart 3
      within 60 "three failures right after are acted on" all_acted restart 3; within 60 "one leads" one_leads; say "sweeps meanwhile: $(($(swept) - before))" ;;
    closed)
      echo cut >"$work/mode"; begun=$SECONDS
      for i in $(seq 1 20); do failing "closed-$i-" 1; sleep 2.5; done
      while [ $((SECONDS - begun)) -lt 60 ]; do sleep 0.5; done; say "every connection was cut each second for 60 s: $(acted closed) of 20 are acted on"
      echo pass >"$work/mode"; within 200 "all 20 are" all_acted closed 20 ;;
    gone)
      # Within the ten seconds after which the leader gives up its lease: else its successor begins with a sweep anyway.
      echo down >"$work/mode"; sleep 1.1; failing gone 1
      revision=$(k get namespace demo -o jsonpath='{.metadata.resourceVersion}'); revision=$(k annotate namespace demo "written=$revision" --overwrite -o jsonpath='{.metadata.resourceVersion}')
      curl -s -X POST "http://127.0.0.1:$ETCDPORT/v3/kv/compaction" -d "{\"revision\": \"$revision\"}" >/dev/null
      api_server_ends KILL; $kube api up >>"$work/api.log" 2>&1; echo pass >"$work/mode"; say "what was written is compacted, and the API server began anew"
      within 90 "what failed meanwhile is acted on" all_acted gone 1
      grep -h "too old resource version" "$work"/process-*.log | cut -c1-200 || say "the lease was lost before: the next term began with a sweep" ;;
    killed)
      one=$(leader); other=$((1 - one))
      k apply -f - >/dev/null <<'YAML'
apiVersion: v1
kind: Pod
metadata: {name: killed, namespace: demo, labels: {app: killed}}
spec:
  nodeName: node-1
  automountServiceAccountToken: false
  containers: [{name: app, image: "docker.io/lab/app:1.0", resources: {limits: {memory: 64Mi}, requests: {memory: 16Mi}}}]
YAML
      now=$(date -u +%FT%TZ)
      k patch pod killed -n demo --subresource=status -p '{"status": {"phase": "Running", "startTime": "'"$now"'", "containerStatuses": [{"name": "app", "image": "docker.io/lab/app:1.0", "imageID": "x", "ready": false, "started": false, "restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s restarting failed container"}}, "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "startedAt": "'"$now"'", "finishedAt": "'"$now"'"}}}]}}' >/dev/null
      deleted() { [ -n "$(k get pod killed -n demo -o jsonpath='{.metadata.deletionTimestamp}')" ]; }
      within 20 "the pod is being deleted, to be made anew" deleted
      kill -9 "${pids[$one]}"; say "kill -9 of the leader, in the middle of its act"; pids[$one]=
      k delete pod killed -n demo --force --grace-period=0 >/dev/null 2>&1
      within 40 "the other leads" leads "$other"
      made() { [ -n "$(k get pod killed -n demo -o jsonpath='{.metadata.annotations.kubesent\.dev/replaces}' 2>/dev/null)" ]; }
      within 200 "the other has made the pod anew" made
      k get incidents -n demo -o json | jq -r '.items[] | select(.metadata.annotations["kubesent.dev/pod"] == "killed" or .spec.ownerName == "killed") | .status.story[] | "    " + .' ;;
  esac
done

say "== in all"
k get incidents -n demo -o json | jq -r '[.items[].status | "\(.phase), acts \(.acts | length)"] | group_by(.) | map("\(length) incidents: \(.[0])") | .[]'
twice=$(k get incidents -n demo -o json | jq '[.items[] | select((.status.acts | length) > 1)] | length')
more=$(k get deployments -n demo -o json | jq '[.items[] | select(.metadata.generation > 2)] | length')
say "acted on twice: $twice incidents, $more Deployments"; [ "$twice$more" = 00 ] || wrong "twice"
grep -h "ERROR" "$work"/process-*.log | grep -v "LeaderElector" | head -5 || true
exit $failed
