#!/usr/bin/env bash
# kubesent scan, and k8sgpt beside it, on the nine failing pods of the test node: their pods, events and logs as they were captured there, on a real API server.
#   ./mvnw -q package -DskipTests; src/it/scan-captures.sh     (KUBESENT="java -cp ..." for another build; K8SGPT: a command that takes a namespace)
set -euo pipefail
cd "$(dirname "$0")/../.."
export RUN=${RUN:-$(mktemp -d)} APIPORT=${APIPORT:-26443} ETCDPORT=${ETCDPORT:-26379} ETCDPEER=${ETCDPEER:-26380}
KUBESENT=${KUBESENT:-java -jar target/kubesent.jar} captures=${CAPTURES:-../shared/captures} LOGPORT=${LOGPORT:-$((APIPORT + 2))}
PATH=$(../shared/kube/kube bin):$PATH
LOGS=
trap '[ -z "$LOGS" ] || kill $LOGS; ../shared/kube/kube api down >/dev/null 2>&1 || true' EXIT
KUBECONFIG=$(../shared/kube/kube api up); export KUBECONFIG
openssl req -newkey rsa:2048 -nodes -keyout "$RUN/log.key" -out "$RUN/log.csr" -subj /CN=lab 2>/dev/null
openssl x509 -req -in "$RUN/log.csr" -CA "$RUN/pki/ca.crt" -CAkey "$RUN/pki/ca.key" -CAcreateserial -out "$RUN/log.crt" -days 1 -extfile <(echo subjectAltName=IP:127.0.0.1) 2>/dev/null
python3 src/it/scan_captures.py logs "$LOGPORT" "$RUN" & LOGS=$!
python3 src/it/scan_captures.py load "$captures" ../shared/kube/pods/failing.yaml "$LOGPORT"
echo "--- kubesent scan -n demo"
time $KUBESENT scan -n demo
$KUBESENT scan -n demo -o json >"$RUN/scan.json"
if [ -n "${K8SGPT:-}" ]; then
  echo "--- k8sgpt"
  $K8SGPT demo | tee "$RUN/k8sgpt.txt"
fi
