#!/usr/bin/env bash
# A person approves in the page, and a KubeSent that runs makes the change: a real API server with the rights and policies of knative/overlays/plain, KubeSent with
# its own token in suggest mode, and alice, who may approve, in a real browser. Needs Chromium: apt-get install chromium chromium-driver
#   ./mvnw -q package -DskipTests; src/it/ui-heals.sh          (KUBESENT="java -cp ..." for another build)
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v chromedriver >/dev/null || { echo "no chromedriver: apt-get install chromium chromium-driver" >&2; exit 2; }
export RUN=${RUN:-$(mktemp -d)} APIPORT=${APIPORT:-26443} ETCDPORT=${ETCDPORT:-26379} ETCDPEER=${ETCDPEER:-26380}
export KUBESENT=${KUBESENT:-java -jar target/kubesent.jar} PORT=${PORT:-$((APIPORT + 1))}
PATH=$(../shared/kube/kube bin):$PATH
PID=
trap '[ -z "$PID" ] || kill $PID; ../shared/kube/kube api down >/dev/null 2>&1 || true' EXIT
mkdir -p "$RUN"
cat >"$RUN/audit.yaml" <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: Request, verbs: [patch], resources: [{group: kubesent.dev, resources: [incidents]}, {group: apps, resources: [deployments]}]}
- {level: None}
YAML
export APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log"
KUBECONFIG=$(../shared/kube/kube api up); export KUBECONFIG
kubectl kustomize knative/overlays/plain | kubectl apply --server-side -f - >/dev/null
kubectl wait --for=condition=established crd/incidents.kubesent.dev --timeout=30s >/dev/null
until kubectl get incidents -A >/dev/null 2>&1; do sleep 0.2; done
kubectl create namespace people >/dev/null
as() { # NAME NAMESPACE: a kubeconfig with the token of an account, and nothing of the admin's
  cp "$KUBECONFIG" "$RUN/$1"
  kubectl --kubeconfig "$RUN/$1" config set-credentials "$1" --token="$(kubectl create token "$1" -n "$2" --duration=2h)" >/dev/null
  kubectl --kubeconfig "$RUN/$1" config set-context --current --user="$1" >/dev/null
}
kubectl create serviceaccount alice -n people >/dev/null
as alice people
as kubesent kubesent
python3 src/it/ui_heals.py prepare
KUBECONFIG=$RUN/kubesent KUBESENT_CLUSTER=kubeconfig KUBESENT_FEED=watch KUBESENT_MODE=suggest SERVER_PORT=$PORT $KUBESENT >"$RUN/kubesent.log" 2>&1 & PID=$!
python3 src/it/ui_heals.py approve
echo "the audit log has:"
jq -r '[.user.username, .verb, .objectRef.resource + "/" + .objectRef.name, (.responseStatus.code | tostring), (.requestURI | if test("dryRun") then "dry run" else "" end)] | join("  ")' \
  "$RUN/audit.log" | grep -v '/status' | sort -u
