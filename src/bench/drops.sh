#!/usr/bin/env bash
# What a healthy event costs over HTTP, beside a bare servlet on the same Tomcat with the same flags, in alternating rounds. First ./mvnw package.
#   src/bench/drops.sh [ROUNDS [SECONDS]]          5 rounds of 3 s, for each of 11 KB over 16 connections, over one, and 50 KB over 16
#   BEFORE=other.jar src/bench/drops.sh            measures that jar as well
#   src/bench/drops.sh look                        the look at the bytes alone, under JMH: by C2, by C1 as in the image, and with nothing compiled
# It needs Go and Python 3, and no cluster: a healthy event asks nobody. JAR: another jar than target/kubesent.jar. WARM: seconds before (6). BENCH: work folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
B=${BENCH:-${TMPDIR:-/tmp}/kubesent-drops}; mkdir -p "$B/bin" "$B/events" "$B/lib" "$B/bare"; export BENCH=$B
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java | head -1)} jar=$(realpath -m "${JAR:-$top/target/kubesent.jar}")
python3 "$here/drops/events.py" "$top/events/08-healthy.http" "$B/events"
if [ "${1:-}" = look ]; then
  cd "$top"
  for flags in -XX:TieredStopAtLevel=4 -XX:TieredStopAtLevel=1 -Xint; do
    echo "== $flags, load $(cut -d' ' -f1 /proc/loadavg)"
    ./mvnw -q -B -Pbench test-compile exec:exec@bench -Dbench=GlanceBench -Dbench.flags="-XX:+UseSerialGC $flags"
  done
  exit
fi
[ -f "$jar" ] || { echo "first: ./mvnw -q package -DskipTests" >&2; exit 2; }
(cd "$here/herd" && go build -o "$B/bin/replay" ./replay)
python3 - "$jar" "$B/lib" <<'P'
import os, re, sys, zipfile
jar = zipfile.ZipFile(sys.argv[1])
for name in jar.namelist():
    if re.search(r'/lib/(tomcat-embed-(core|el)|jakarta\.annotation-api)-[^/]*\.jar$', name): open(os.path.join(sys.argv[2], os.path.basename(name)), 'wb').write(jar.read(name))
P
"$(dirname "$java")/javac" -proc:none -cp "$B/lib/*" -d "$B/bare" "$here/drops/Bare.java"
# Nobody is at that address: whoever asks the cluster for a healthy event is found out.
printf '%s\n' 'apiVersion: v1' 'kind: Config' 'clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]' 'contexts: [{name: none, context: {cluster: none, user: none}}]' \
  'users: [{name: none, user: {token: none}}]' 'current-context: none' >"$B/kubeconfig"
export KUBESENT_CLUSTER=kubeconfig KUBECONFIG=$B/kubeconfig KUBESENT_NAMESPACE=kubesent LOGGING_STRUCTURED_FORMAT_CONSOLE=logstash
# As in the image and its pod.
flags="-XX:MaxRAM=384m -XX:MaxRAMPercentage=45 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
echo "commit $(git -C "$top" log -1 --format=%h), $(date -u '+%F %H:%M') UTC, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
exec python3 "$here/drops/drops.py" "$B" "${1:-5}" "${2:-3}" "bare=$java $flags -cp $B/lib/*:$B/bare Bare \$PORT" \
  ${BEFORE:+"before=$java $flags -jar $BEFORE"} "kubesent=$java $flags -jar $jar"
