#!/usr/bin/env bash
# The page in a real browser, on a real API server, as ordinary users. Needs Chromium: apt-get install chromium chromium-driver
#   ./mvnw -q package -DskipTests; src/it/ui.sh            (KUBESENT="java -cp ..." for another build, SHOTS=docs to write the pictures)
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v chromedriver >/dev/null || { echo "no chromedriver: apt-get install chromium chromium-driver" >&2; exit 2; }
export RUN=${RUN:-$(mktemp -d)} APIPORT=${APIPORT:-26443} ETCDPORT=${ETCDPORT:-26379} ETCDPEER=${ETCDPEER:-26380}
export KUBESENT=${KUBESENT:-java -jar target/kubesent.jar} SHOTS=${SHOTS:-$RUN}
PATH=$(../shared/kube/kube bin):$PATH
trap '../shared/kube/kube api down >/dev/null 2>&1 || true' EXIT
cat >"$RUN/audit.yaml" <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
- {level: Request, verbs: [patch], resources: [{group: kubesent.dev, resources: [incidents]}]}
- {level: None}
YAML
export APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log"
KUBECONFIG=$(../shared/kube/kube api up); export KUBECONFIG
kubectl apply -f knative/base/000-namespace.yaml -f knative/base/100-incident-crd.yaml -f knative/base/250-bounds.yaml -f knative/base/260-admission.yaml \
  -f knative/base/270-approver.yaml >/dev/null
for namespace in people demo shop; do kubectl create namespace $namespace >/dev/null; done
kubectl create clusterrole incident-editor --verb=get,list,patch --resource=incidents.kubesent.dev >/dev/null
person() { # NAME CLUSTERROLE: an account of its own, with a kubeconfig of its own
  kubectl create serviceaccount "$1" -n people >/dev/null
  kubectl create clusterrolebinding "$1" --clusterrole="$2" --serviceaccount="people:$1" >/dev/null
  cp "$KUBECONFIG" "$RUN/$1"
  kubectl --kubeconfig "$RUN/$1" config set-credentials "$1" --token="$(kubectl create token "$1" -n people)" >/dev/null
  kubectl --kubeconfig "$RUN/$1" config set-context --current --user="$1" >/dev/null
}
person alice kubesent-approver
person bob incident-editor
exec 3>&1; python3 src/it/ui.py
echo "the audit log has:"
jq -r '[.user.username, .verb, .objectRef.namespace + "/" + .objectRef.name, (.responseStatus.code | tostring), (.requestObject.spec // {} | keys | join(","))] | join("  ")' \
  <(grep '"stage":"ResponseComplete"' "$RUN/audit.log") | grep serviceaccount:people
