#!/usr/bin/env bash
# What a running watch counts, asked from a real Prometheus: knative/overlays/plain on the node, first with nothing to do, then while looks are in vain (a webhook
# refuses its incidents), then after eight of them (it leaves the object to a sweep), then when all is well again. docs/evidence/observability.md has its output.
#   export RUN=… KUBECONFIG=$(FAST=1 ../shared/kube/kube node up); src/it/base-image /tmp/base.tar; ./mvnw -q -Pimage package -DskipTests -Dimage.base=tar:/tmp/base.tar; src/it/watch-metrics.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${RUN:?}" "${KUBECONFIG:?}"
PATH=$(../shared/kube/kube bin):$PATH
. src/it/failing.sh
failed=0
say() { echo "$(date -u +%T) $*"; }
ctr -a "$RUN/containerd.sock" -n k8s.io images import target/kubesent-image.tar >/dev/null
kubectl apply -k knative/overlays/plain >/dev/null
kubectl create namespace demo >/dev/null
kubectl label namespace demo kubesent.dev/heal=enabled >/dev/null
kubectl create rolebinding kubesent-healer -n demo --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent >/dev/null
kubectl rollout status deployment/kubesent -n kubesent --timeout=90s >/dev/null
pod=$(kubectl get pods -n kubesent -l app=kubesent -o jsonpath='{.items[0].status.podIP}')
PROM_TARGETS="$pod:8080/actuator/prometheus" ../shared/neighbours/neighbours up prometheus
prom=http://10.244.0.1:${PROMPORT:-19090}
ask() { curl -s --get "$prom/api/v1/query" --data-urlencode "query=$1" | jq -r '.data.result | map(.value[1]) | join(" ")'; }
# Each figure as Prometheus has it now: that an answer is missing is the failure that this looks for.
tell() { local figures="" name value; for name in leads waiting again_total left_total; do value=$(ask "kubesent_watch_$name"); figures="$figures $name=${value:-MISSING}"; done; say "$1:$figures"; [[ $figures != *MISSING* ]] || failed=1; }
until_is() { local end=$((SECONDS + $3)); until [ "$(ask "$1")" = "$2" ]; do [ $SECONDS -lt $end ] || { say "NEVER: $1 is $2"; failed=1; return; }; sleep 1; done; say "$1 is $2"; }
phase() { kubectl get incidents -n demo -o json | jq -r --arg w "Deployment/$1" '[.items[] | select(.status.workload == $w) | .status.phase] | join(" ")'; }
acted() { local end=$((SECONDS + $2)); until [[ $(phase "$1") =~ Verifying|Healed ]]; do [ $SECONDS -lt $end ] || { say "NEVER: $1 is acted on"; failed=1; return; }; sleep 0.5; done; say "$1 is acted on"; }

until_is kubesent_watch_leads 1 60
tell "at rest"
failing first '{limits: {memory: 32Mi}}' | kubectl apply -f - >/dev/null
acted first 60; sleep 6; tell "after one failure that was acted on"

kubectl apply -f - >/dev/null <<'YAML'
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: nobody-answers}
webhooks:
- name: nobody.answers.lab
  clientConfig: {url: "https://127.0.0.1:9/"}
  rules: [{apiGroups: [kubesent.dev], apiVersions: ["*"], operations: [CREATE], resources: [incidents]}]
  failurePolicy: Fail
  timeoutSeconds: 1
  sideEffects: None
  admissionReviewVersions: [v1]
YAML
say "a webhook that does not answer refuses new incidents, and something else fails"
failing second '{limits: {memory: 32Mi}}' | kubectl apply -f - >/dev/null
until_is 'kubesent_watch_again_total > bool 2' 1 60
tell "three looks were in vain"
say "in the last minute: again $(ask 'increase(kubesent_watch_again_total[1m]) > bool 0'), waiting at most $(ask 'max_over_time(kubesent_watch_waiting[1m])')"
until_is 'kubesent_watch_left_total > bool 0' 1 240
tell "after eight looks"
kubectl logs -n kubesent deployment/kubesent | grep -o 'left to the next sweep[^"]*' | sort | uniq -c | head -3
kubectl delete validatingwebhookconfiguration nobody-answers >/dev/null
say "the webhook is gone, and a sweep is asked for"
sleep 2; curl -s -o /dev/null -w '%{http_code}\n' -X POST "http://$pod:8080/sweep"
acted second 60; sleep 6; tell "in the end"
exit $failed
