#!/usr/bin/env bash
# From a container's end to healthy: KubeSent against a script that knows the answer (by-hand.sh), in turns, with where each tenth of a second goes.
# docs/evidence/healing.md is made from its output. The bars stand beside the figures: nothing fails by them.
#   ../shared/kube/kube node up; ./mvnw package; src/it/heal-against-script.sh              KubeSent awake: the jar with its own token, fed by the source
#   ../shared/kube/kube node up; ../shared/kube/kube knative up; (the image, as src/it/on-knative.sh says); src/it/heal-against-script.sh asleep
# ROUNDS (6; awake, the first is not counted) and CASES (deployment pod release) narrow it.
set -euo pipefail
cd "$(dirname "$0")/../.."
shape=${1:-awake}
export ROUNDS=${ROUNDS:-6}
# Many fail one after the other here, and each is to be healed.
export KUBESENT_STORM_SHARE=100 KUBESENT_STORM_COUNT=100 KUBESENT_BUDGET=1000
if [ "$shape" = awake ]; then
  . src/it/on-a-node.sh
  feed
  export ADDRESS=http://localhost:8090 SOURCE_LOG=$work/source.log
else
  . src/it/on-knative.sh
  admin=$KUBECONFIG work=$PWD/target/it/healing
  mkdir -p "$work"
  k() { kubectl "$@"; }
  printf 'resources: [../../../knative/overlays/namespaces]\npatches:\n- target: {group: serving.knative.dev, kind: Service, name: kubesent}\n  patch: |\n    - {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: KUBESENT_STORM_SHARE, value: "100"}}\n    - {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: KUBESENT_STORM_COUNT, value: "100"}}\n    - {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: KUBESENT_BUDGET, value: "1000"}}\n' >"$work/kustomization.yaml"
  install ../../target/it/healing
fi
k create namespace by-hand >/dev/null
until k get serviceaccount default -n by-hand >/dev/null 2>&1; do sleep 0.2; done
export WORK=$work PKI=$work/pki CONTAINERD=$(dirname "$admin")/containerd.sock HOST=10.244.0.1
mkdir -p "$PKI"
config() { k config view --minify --raw --flatten -o jsonpath="{$1}"; }
export API=$(config '.clusters[0].cluster.server')
config '.clusters[0].cluster.certificate-authority-data' | base64 -d >"$PKI/ca"
config '.users[0].user.client-certificate-data' | base64 -d >"$PKI/crt"
config '.users[0].user.client-key-data' | base64 -d >"$PKI/key"
echo "$(date -u '+%F %T') $(git log -1 --format=%h), $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
python3 src/it/heal_against_script.py "$shape"
cp "$WORK/rounds.json" "target/healing-$shape.json"
if [ "$shape" = asleep ]; then echo "events of sources that were not taken: $(not_sent)"; fi
