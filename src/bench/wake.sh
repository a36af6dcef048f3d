#!/usr/bin/env bash
# How long it takes to wake: from the fork to the first answer, beside a tuned Quarkus and a bare servlet, in alternating rounds. src/bench/README.md.
#   src/bench/wake.sh [ROUNDS]      5 rounds
# It needs a real API server (KUBE, ../shared/kube/kube by default), Go and Python 3, Maven's mirror for Quarkus, and target/kubesent-image.tar
# (./mvnw -Pimage package): without it the plain jar is measured. Quarkus and the servlet have AOT caches of 200 healthy events. BENCH: work folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
KUBE=${KUBE:-$top/../shared/kube/kube}
B=${BENCH:-${TMPDIR:-/tmp}/kubesent-wake}; mkdir -p "$B/bin" "$B/events" "$B/bare/lib" "$B/bare/classes"
JAVA25=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)}; export JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$JAVA25")")")
export RUN=$B/api APIPORT=${APIPORT:-28443} ETCDPORT=${ETCDPORT:-28379} ETCDPEER=${ETCDPEER:-28380}
LOGPORT=${LOGPORT:-28250}; api=https://127.0.0.1:$APIPORT
. "$here/herd/lab.sh"
trap ended EXIT
flags="-XX:MaxRAM=384m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

# trained CACHE COMMAND...: an AOT cache of one run with 200 healthy events
trained() { local cache=$1 p; shift; rm -f "$cache"
  PORT=28170 "$@" >"$B/log-train.txt" 2>&1 & p=$!
  for _ in $(seq 300); do curl -s -o /dev/null --data-binary @"$B/events/healthy.json" -H 'content-type: application/json' http://127.0.0.1:28170/ && break; sleep 0.1; done
  for _ in $(seq 200); do echo 'url=http://127.0.0.1:28170/'; echo 'output=/dev/null'; done >"$B/urls.txt"
  curl -s --data-binary @"$B/events/healthy.json" -H 'content-type: application/json' -K "$B/urls.txt"
  kill $p; wait $p || true; [ -f "$cache" ] || { echo "no AOT cache; see $B/log-train.txt" >&2; exit 1; }; }

python3 "$here/drops/events.py" "$top/events/08-healthy.http" "$B/events"
unpacked
python3 - "$top/target/kubesent.jar" "$B/bare/lib" <<'P'
import os, re, sys, zipfile
jar = zipfile.ZipFile(sys.argv[1])
for name in jar.namelist():
    if re.search(r'/lib/(tomcat-embed-(core|el)|jakarta\.annotation-api)-[^/]*\.jar$', name): open(os.path.join(sys.argv[2], os.path.basename(name)), 'wb').write(jar.read(name))
P
"$JAVA_HOME/bin/javac" -proc:none -cp "$B/bare/lib/*" -d "$B/bare/classes" "$here/drops/Bare.java"
printf 'Main-Class: Bare\nClass-Path:%s\n' "$(cd "$B/bare" && printf ' %s\n ' lib/*.jar | sed '/^ $/d' | head -c -1)" >"$B/bare/manifest"
"$JAVA_HOME/bin/jar" cfm "$B/bare/bare.jar" "$B/bare/manifest" -C "$B/bare/classes" .
trained "$B/bare/app.aot" "$JAVA25" $flags -XX:AOTCacheOutput="$B/bare/app.aot" -jar "$B/bare/bare.jar" 28170
if [ ! -d "$B/quarkus" ]; then
  rm -rf "$B/build"; cp -r "$here/wake/quarkus" "$B/build"
  "$top/mvnw" -q -f "$B/build/pom.xml" package -DskipTests -Dquarkus.package.jar.type=aot-jar; cp -r "$B/build/target/quarkus-app" "$B/quarkus"
fi
trained "$B/quarkus/app.aot" "$JAVA25" $flags -XX:AOTCacheOutput="$B/quarkus/app.aot" -jar "$B/quarkus/quarkus-run.jar"
fresh
cluster distinct -name app -pods 2 -kind crash -per 1 >/dev/null
i=0; for pod in $(k get pods -n demo -o name); do i=$((i + 1)); k get "$pod" -n demo -o json | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)), end="")' >"$B/events/failing-$i.json"; done
export FORGET="$bin/kubectl --kubeconfig=$RUN/kubeconfig delete incidents -n demo --all"
export KUBESENT_NAMESPACE=kubesent LOGGING_STRUCTURED_FORMAT_CONSOLE=logstash
# As in a pod: the ServiceAccount's files at their place, in a mount namespace of our own. To parse a kubeconfig takes a tenth of a second, which no pod does.
mkdir -p "$B/account"; sed -n 's/.*{token: \([^}]*\)}.*/\1/p' "$B/kubeconfig" | tr -d '\n' >"$B/account/token"; cp "$RUN/pki/ca.crt" "$B/account/"; printf kubesent >"$B/account/namespace"
export ACCOUNT=$B/account KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT=$APIPORT HOME=$B; unset KUBECONFIG KUBESENT_CLUSTER
pod() { unshare --map-root-user --mount --propagation private /bin/sh -ec 'mount -t tmpfs tmpfs /run; at=/run/secrets/kubernetes.io/serviceaccount; mkdir -p $at; cp "$ACCOUNT"/* $at; exec "$@"' sh "$@"; }
read -ra w <"$B/command"
echo "commit $(git -C "$top" log -1 --format=%h), $(date -u '+%F %H:%M') UTC, $(nproc) cores, $([ -f "$top/target/kubesent-image.tar" ] && echo "the image's layout" || echo 'the plain jar')"
pod python3 "$here/wake/wake.py" "$B" "${1:-5}" "kubesent=${w[0]} -XX:MaxRAM=384m ${w[*]:1}" \
  "quarkus=$JAVA25 $flags -XX:AOTCache=$B/quarkus/app.aot -jar $B/quarkus/quarkus-run.jar" \
  "bare servlet=$JAVA25 $flags -XX:AOTCache=$B/bare/app.aot -jar $B/bare/bare.jar \$PORT"
