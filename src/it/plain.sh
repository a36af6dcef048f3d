#!/usr/bin/env bash
# KubeSent without Knative: knative/overlays/plain on the node, under the restricted Pod Security Standard: nothing feeds it, it watches.
#   FAST=1 ../shared/kube/kube node up; src/it/base-image /tmp/base.tar; ./mvnw -q -Pimage package -DskipTests -Dimage.base=tar:/tmp/base.tar
set -euo pipefail
cd "$(dirname "$0")/../.."
run=${RUN:-$HOME/.cache/kubesent/kube-1.35.4/run-node}
export KUBECONFIG=${KUBECONFIG:-$run/kubeconfig}
PATH=$(../shared/kube/kube bin):$PATH
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
ctr -a "$run/containerd.sock" -n k8s.io images import target/kubesent-image.tar >/dev/null
kubectl apply -k knative/overlays/plain
kubectl create namespace demo --dry-run=client -o yaml | kubectl apply -f - 2>/dev/null
kubectl label namespace demo kubesent.dev/heal=enabled --overwrite
kubectl create rolebinding kubesent-healer -n demo --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent 2>/dev/null || true
kubectl rollout status deployment/kubesent -n kubesent --timeout=90s
address=http://$(kubectl get service kubesent -n kubesent -o jsonpath='{.spec.clusterIP}')
until curl -sf "$address/actuator/health/readiness"; do sleep 0.2; done; echo
until curl -sf "$address/actuator/health/readiness" | grep '"feed":"watches"'; do sleep 0.2; done
kubectl apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: plain, namespace: demo}
spec:
  selector: {matchLabels: {app: plain}}
  template:
    metadata: {labels: {app: plain}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "localhost/memhog:1", args: ["64", "4"], resources: {limits: {memory: 32Mi}}}
YAML
for _ in $(seq 180); do
  [ "$(kubectl get incidents -n demo -o jsonpath='{.items[?(@.status.workload=="Deployment/plain")].status.phase}')" = Healed ] && break
  sleep 1
done
kubectl get incidents,deployments -n demo
kubectl get incidents -n demo -o json | jq -r '.items[] | .metadata.name, (.status.story[] | "    " + .)'
