# What the scripts share that run on real Knative: words with their time, and KubeSent as its manifests and its own image make it.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up
#   src/it/base-image /tmp/base.tar; ./mvnw -q -Pimage package -DskipTests -Dimage.base=tar:/tmp/base.tar
run=${RUN:-$HOME/.cache/kubesent/kube-1.35.4/run-node}
export KUBECONFIG=${KUBECONFIG:-$run/kubeconfig}
PATH=$(../shared/kube/kube bin):$PATH
image=${IMAGE:-target/kubesent-image.tar}

begun=0
say() { printf '%s  %6.1f s  %s\n' "$(date -u +%T.%1N)" "$(echo "($(date +%s%N) - $begun) / 1000000000" | bc -l)" "$*"; }
begin() { begun=$(date +%s%N); echo; say "$*"; }
# await SECONDS "what" command…: until the command succeeds
await() {
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then say "NEVER: $what"; exit 1; fi
    sleep 0.1
  done
  say "$what"
}
function_pods() { kubectl get pods -n kubesent -l serving.knative.dev/service=kubesent --no-headers 2>/dev/null; }
awake() { function_pods | grep -qv Terminating; }
asleep() { ! awake; }
# install OVERLAY: until the source is ready and the function sleeps
install() {
  ctr -a "$run/containerd.sock" -n k8s.io images import "$image" >/dev/null
  begin "kubectl apply -k knative/overlays/$1"
  kubectl apply -k "knative/overlays/$1" >/dev/null
  await 90 "the service is ready" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s
  await 90 "the source is ready" kubectl wait --for=condition=Ready apiserversource/kubesent -n kubesent --timeout=1s
  await 200 "asleep" asleep
  sleep 35 # an ended pod's queue-proxy drains for 30 s more
}
not_sent() { kubectl logs -n kubesent -l eventing.knative.dev/sourceName=kubesent --tail=-1 | grep -c "failed to send" || true; }
