#!/usr/bin/env bash
# Runs README's commands, block by block, on a real API server. Each line of a block has to be known here: run as it stands, or said why it cannot run here.
#   ./mvnw -q package -DskipTests; src/it/readme.sh      (KUBESENT="java -cp ..." for another build; MAVEN=1: README's Maven commands, too)
set -euo pipefail
cd "$(dirname "$0")/../.."
export RUN=${RUN:-$(mktemp -d)} APIPORT=${APIPORT:-26443} ETCDPORT=${ETCDPORT:-26379} ETCDPEER=${ETCDPEER:-26380} NAMESPACE=demo
export KUBESENT=${KUBESENT:-java -jar target/kubesent.jar}
PATH=$(../shared/kube/kube bin):$PATH
trap '../shared/kube/kube api down >/dev/null 2>&1 || true' EXIT
KUBECONFIG=$(../shared/kube/kube api up); export KUBECONFIG
# What a cluster has before README begins: Knative's kinds.
kubectl apply --server-side -f ../shared/knative/crds.yaml >/dev/null
kubectl wait --for=condition=established crd --all --timeout=60s >/dev/null
python3 src/it/readme.py
