#!/usr/bin/env bash
# How long `kubectl kubesent scan` takes until it asks for its first byte: from the start of the launcher to the first connection at a stand-in for an API
# server. In alternating rounds without and with the start cache of the launcher. Prints median, lowest and highest of each, in
# milliseconds, and the processor's time until then: that is what counts on a machine that has other work.
#   src/bench/scan-start.sh [ROUNDS] [JAR]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-15} jar=${2:-$PWD/target/kubesent.jar} work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin | head -1)/java}
cp src/plugin/kubectl-kubesent "$work/"
export JAVA_HOME=${java%/bin/java} KUBESENT_JAR=$jar XDG_CACHE_HOME=$work/cache
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key" -out "$work/crt" -days 1 -subj /CN=lab -addext subjectAltName=IP:127.0.0.1 2>/dev/null
exec python3 - "$rounds" "$work" <<'P'
import base64, os, socket, statistics, subprocess, sys, time
rounds, work = int(sys.argv[1]), sys.argv[2]
door = socket.socket(); door.bind(('127.0.0.1', 0)); door.listen(8)
ca = base64.b64encode(open(work + '/crt', 'rb').read()).decode()
open(work + '/kubeconfig', 'w').write(f'''apiVersion: v1
kind: Config
clusters: [{{name: lab, cluster: {{server: "https://127.0.0.1:{door.getsockname()[1]}", certificate-authority-data: {ca}}}}}]
users: [{{name: lab, user: {{token: lab}}}}]
contexts: [{{name: lab, context: {{cluster: lab, user: lab, namespace: default}}}}]
current-context: lab
''')
def start(cache):
    env = dict(os.environ, KUBECONFIG=work + '/kubeconfig', KUBESENT_START_CACHE=cache)
    begun = time.monotonic()
    process = subprocess.Popen([work + '/kubectl-kubesent', 'scan'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    door.accept()[0].close()
    took = time.monotonic() - begun
    fields = open(f'/proc/{process.pid}/stat').read().rsplit(')', 1)[1].split()
    spent = sum(map(int, fields[11:15])) / os.sysconf('SC_CLK_TCK')
    process.kill(); process.wait()
    door.setblocking(False)
    try:
        while True: door.accept()[0].close()
    except BlockingIOError: pass
    door.setblocking(True)
    return took * 1000, spent * 1000
print('load before', os.getloadavg()[0]); start('now')
took = {'off': [], 'now': []}
for _ in range(rounds):
    for cache in took: took[cache].append(start(cache))
for cache, name in (('off', 'without'), ('now', 'with the start cache')):
    for what, some in zip(('time', 'processor'), zip(*took[cache])):
        print('%-22s %-9s median %5.0f ms, lowest %5.0f, highest %5.0f of %d' % (name, what, statistics.median(some), min(some), max(some), rounds))
print('load after', os.getloadavg()[0])
P
