#!/usr/bin/env bash
# The NetworkPolicy of knative/overlays/plain, enforced by kube-router's controller: who reaches KubeSent, before and after. docs/evidence/neighbours.md has its output.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); an image as src/it/plain.sh says (IMAGE names its tar); src/it/netpol.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
export PATH="$(../shared/kube/kube bin):$PATH"
say() { echo "$(date -u +%T) $*"; }
ctr -a "$RUN/containerd.sock" -n k8s.io images import "${IMAGE:-target/kubesent-image.tar}" >/dev/null
# A program that asks one URL (busybox's own ends with a segmentation fault here).
lab=$(mktemp -d); tar xJf ../shared/knative/node/bin.tar.xz -C "$lab" bin/labkit
python3 ../shared/knative/node/mkimage.py "$lab/bin/labkit" get | ctr -a "$RUN/containerd.sock" -n k8s.io images import - >/dev/null
kubectl apply -k knative/overlays/plain >/dev/null
kubectl delete networkpolicy kubesent -n kubesent >/dev/null
kubectl rollout status deployment/kubesent -n kubesent --timeout=180s | tail -1
failed=0
# ask FROM EXPECTED: a pod of that namespace asks for readiness, and it is expected to be yes or no
ask() { local said pod=ask-$RANDOM
  kubectl create namespace "$1" --dry-run=client -o yaml | kubectl apply -f - >/dev/null 2>&1
  until kubectl get serviceaccount default -n "$1" >/dev/null 2>&1; do sleep 0.2; done
  kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $pod, namespace: $1}
spec:
  restartPolicy: OnFailure # the policy's controller takes a moment to know a pod that was just made
  securityContext: {runAsNonRoot: true, runAsUser: 65534, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: ask
    image: kn.lab/get:1
    args: ["http://$address/actuator/health/liveness"]
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
YAML
  for _ in $(seq 50); do [[ $(kubectl get pod "$pod" -n "$1" -o jsonpath='{.status.phase}') = Succeeded ]] && break; sleep 0.5; done
  said=$([ "$(kubectl get pod "$pod" -n "$1" -o jsonpath='{.status.phase}')" = Succeeded ] && echo yes || echo no)
  say "from $1: $said"; [ "$said" = "$2" ] || { say "WRONG: it was to be $2"; failed=1; }; }
address=$(kubectl get service kubesent -n kubesent -o jsonpath='{.spec.clusterIP}')
kubectl create namespace monitoring --dry-run=client -o yaml | kubectl apply -f - >/dev/null 2>&1
say "without the NetworkPolicy"; ask elsewhere yes
../shared/neighbours/neighbours up netpol 2>/dev/null
kubectl apply -k knative/overlays/plain >/dev/null; sleep 4
say "with it, enforced"
ask elsewhere no
ask kubesent yes
ask monitoring no
kubectl label namespace monitoring kubesent.dev/sends=true --overwrite >/dev/null; sleep 4
say "monitoring has the label kubesent.dev/sends=true"; ask monitoring yes
say "the kubelet's probes still reach it: $(kubectl get deployment kubesent -n kubesent -o jsonpath='{.status.availableReplicas}') available, restarts $(kubectl get pods -n kubesent -l app=kubesent -o jsonpath='{.items[0].status.containerStatuses[0].restartCount}'), $(kubectl get lease kubesent -n kubesent -o jsonpath='{.spec.holderIdentity}' | grep -c . ) holder of the Lease"
exit $failed
