#!/usr/bin/env bash
# Images that are not there, on a real node, with the CNCF's registry (Debian's docker-registry) beside it, that KubeSent may ask.
# docs/evidence/cures.md is made from its output. First apt-get install docker-registry apache2-utils, ../shared/kube/kube node up, and ./mvnw package.
# The node pulls from its own registry whatever an image's host is; KubeSent asks the one that the image names.
set -euo pipefail
cd "$(dirname "$0")/../.."
port=5055 secured=5056
folder=$(mktemp -d)
registry() {
  printf 'version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s/%s}}\nhttp: {addr: "127.0.0.1:%s"}\n%s\n' "$folder" "$1" "$1" "${2:-}" >"$folder/$1.yml"
  docker-registry serve "$folder/$1.yml" >"$folder/$1.log" 2>&1 &
  until curl -s -o /dev/null "127.0.0.1:$1/v2/"; do sleep 0.2; done
}
htpasswd -Bbn robot hunter22 >"$folder/htpasswd" 2>/dev/null
registry $port
registry $secured "auth: {htpasswd: {realm: lab, path: $folder/htpasswd}}"
python3 src/it/push.py http://127.0.0.1:$port library/busybox amd64 1.36 1.35 latest
python3 src/it/push.py http://127.0.0.1:$port library/busybox arm64 1.36-arm
LOGIN=robot:hunter22 python3 src/it/push.py http://127.0.0.1:$secured library/busybox amd64 1.36 1.35 latest

export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100 KUBESENT_REGISTRY_LOOKUP=http://127.0.0.1:$port,http://127.0.0.1:$secured
. src/it/on-a-node.sh
say() { echo "$(date -u +%H:%M:%S) $*"; }

k create secret docker-registry registry -n demo --docker-server=127.0.0.1:$secured --docker-username=robot --docker-password=hunter22 >/dev/null
feed
say "six workloads whose image is not there"
sed "s/PORT/$port/; s/SECURED/$secured/" src/it/registry.yaml | k apply -f - >/dev/null
(while sleep 10; do curl -s -o /dev/null -X POST localhost:8090/sweep; done) &
sleep "${FIRST:-150}"
cures
say "the namespace lets its pull secrets be read"
k apply -f knative/overlays/registry/pull-secrets.yaml >/dev/null
k create rolebinding kubesent-pull-secrets -n demo --clusterrole=kubesent-pull-secrets --serviceaccount=kubesent:kubesent >/dev/null
sleep "${WATCH:-420}"
cures
say "what runs"
k get pods -n demo -o custom-columns=NAME:.metadata.name,PHASE:.status.phase,READY:.status.containerStatuses[0].ready,IMAGE:.spec.containers[0].image
if grep -rq hunter22 "$work"; then say "THE PASSWORD IS IN $work"; exit 1; fi
report
