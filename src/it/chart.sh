#!/usr/bin/env bash
# The Helm chart on a real API server: installed, upgraded from a first version, rolled back, tested, uninstalled; by each Helm and in each shape.
# docs/evidence/chart.md is made from its output. There is no node: what `helm test` would run there, the jar runs here, as the same account.
#   export RUN=/tmp/chart APIPORT=48443 ETCDPORT=48379 ETCDPEER=48380; export KUBECONFIG=$(../shared/kube/kube api up); ./mvnw package -DskipTests
#   HELMS="$HOME/.cache/kubesent/neighbours/bin/helm /path/to/helm3" src/it/chart.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${KUBECONFIG:?the API server to try it on}"
HELMS=${HELMS:-$HOME/.cache/kubesent/neighbours/bin/helm}
PATH=$(../shared/kube/kube bin):$PATH
java=${JAVA:-/usr/lib/jvm/temurin-25-jdk-amd64/bin/java}
jar=${JAR:-target/kubesent.jar}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
export HELM_CACHE_HOME=$work/helm HELM_CONFIG_HOME=$work/helm HELM_DATA_HOME=$work/helm

# The first version is this one with an older CRD, which lacks a column (Cause) and a field (status.seen); the second has another image.
cp -r knative/chart "$work/first"; cp -r knative/chart "$work/second"
python3 - "$work/first/templates/crd.yaml" <<'PY'
import re, sys
file = sys.argv[1]; text = open(file).read()
old = re.sub(r'    - jsonPath: "\.status\.diagnosis\.cause"\n(      .*\n){2}', '', text)
old = re.sub(r'( +)seen:\n(\1 +.*\n)+', '', old, count=1)
assert len(old) < len(text) - 500, "the CRD has no column Cause and no field seen to leave out"
old = re.sub(r'schema-hash: "\w+"', 'schema-hash: "0000000000000000"', old)
open(file, "w").write(old)
PY
sed -i 's/^version: .*/version: 0.2.0/; s/^appVersion: .*/appVersion: "0.2.0"/' "$work/second/Chart.yaml"

kubectl apply --server-side --force-conflicts -f ../shared/knative/crds.yaml >/dev/null
kubectl wait --for=condition=Established --timeout=30s crd --all >/dev/null
for namespace in kubesent demo; do kubectl create namespace $namespace >/dev/null 2>&1 || true; done
kubectl label namespace kubesent pod-security.kubernetes.io/enforce=restricted --overwrite >/dev/null

# Every object of the cluster but what the API server makes by itself.
everything() {
  local kinds; kinds=$(kubectl api-resources --verbs=list -o name | grep -v -e '^events' -e '^leases' -e '^componentstatuses' -e '^endpoints' | paste -sd,)
  kubectl get "$kinds" -A --no-headers -o custom-columns=K:.kind,NS:.metadata.namespace,N:.metadata.name 2>/dev/null | sort
}
column() { kubectl get crd incidents.kubesent.dev -o jsonpath='{.spec.versions[0].additionalPrinterColumns[*].name}' | grep -q Cause && echo new || echo old; }
image() { kubectl get "$workload" kubesent -n kubesent -o jsonpath='{.spec.template.spec.containers[0].image}'; }
incidents() { kubectl get incidents -A --no-headers 2>/dev/null | wc -l; }
# row STEP RESULT: a cell of the table
row() { printf '%s\t%s\t%s\n' "$column" "$1" "$2" | tee -a "$work/cells"; }
timed() { local begun; begun=$(date +%s%N); "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }; took=$(( ($(date +%s%N) - begun) / 100000000 )); took=$((took / 10)).$((took % 10)); }

# In place of a kubelet: runs what the test's pod names, with the token of its account, and writes down how it ended.
kubelet() {
  local pod args account token phase
  until pod=$(kubectl get pod kubesent-test -n kubesent -o json 2>/dev/null); do sleep 0.2; done
  mapfile -t args < <(jq -r '.spec.containers[0].args[]' <<<"$pod"); account=$(jq -r .spec.serviceAccountName <<<"$pod")
  token=$(kubectl create token "$account" -n kubesent)
  kubectl config view --minify --raw --flatten -o json | jq --arg t "$token" '.users[0].user = {token: $t}' >"$work/account"
  if KUBECONFIG=$work/account $java -jar "$jar" "${args[@]}" >"$work/test" 2>&1; then phase=Succeeded; else phase=Failed; fi
  kubectl patch pod kubesent-test -n kubesent --subresource=status --type=merge -p "{\"status\":{\"phase\":\"$phase\"}}" >/dev/null
}

# What the jar says of itself, with the token of its account, once it has looked twice.
readiness() {
  local said token pid; token=$(kubectl create token kubesent -n kubesent)
  kubectl config view --minify --raw --flatten -o json | jq --arg t "$token" '.users[0].user = {token: $t}' >"$work/account"
  KUBECONFIG=$work/account KUBESENT_CLUSTER=kubeconfig $java -jar "$jar" --server.port=${PORT:-8097} >"$work/jar" 2>&1 & pid=$!
  until curl -sf -o /dev/null "localhost:${PORT:-8097}/actuator/health/readiness"; do kill -0 $pid; sleep 0.5; done
  sleep 6; said=$(curl -s "localhost:${PORT:-8097}/actuator/health/readiness")
  kill $pid; wait $pid 2>/dev/null || true
  jq -r '"\(.status): \(.components.cluster.details.crd // "nothing to tell")"' <<<"$said" | sed 's/;.*//'
}

try() {
  local helm=$1 shape=$2 before; column="Helm $($helm version --template '{{.Version}}'), $shape"
  case $shape in knative) workload=services.serving.knative.dev ;; watch) workload=deployments.apps ;; esac
  local values=(-n kubesent --set "shape=$shape,namespaces={demo}")
  before=$(everything)
  timed $helm install kubesent "$work/first" "${values[@]}"
  row "install" "$took s, $(comm -13 <(echo "$before") <(everything) | grep -vc Secret) objects"
  row "may patch Deployments of demo" "$(kubectl auth can-i patch deployments.apps -n demo --as=system:serviceaccount:kubesent:kubesent), of default: $(kubectl auth can-i patch deployments.apps -n default --as=system:serviceaccount:kubesent:kubesent || true)"
  kubectl apply -f src/it/chart-incident.yaml >/dev/null
  kubelet & timed $helm test kubesent -n kubesent; wait $!
  row "test" "$took s: $(grep -m1 -o 'Phase: .*' "$work/out" | tr -s ' ')"
  row "readiness of this image with the first version's CRD" "$(readiness)"
  kubectl delete rolebinding kubesent-healer -n demo >/dev/null
  kubelet & if $helm test kubesent -n kubesent >"$work/out" 2>&1; then row "test without the RoleBinding" "succeeds: the account may list pods everywhere"; else row "test without the RoleBinding" "fails: $(tail -1 "$work/test" | grep -o 'pods is forbidden' || cat "$work/test")"; fi; wait $!
  timed $helm upgrade kubesent "$work/second" "${values[@]}"
  row "upgrade" "$took s: CRD $(column), $(image), $(incidents) incident, RoleBinding $(kubectl get rolebinding kubesent-healer -n demo -o jsonpath='{.roleRef.name}' 2>/dev/null || echo 'still missing')"
  row "readiness after the upgrade" "$(readiness)"
  timed $helm rollback kubesent 1 -n kubesent
  row "rollback" "$took s: CRD $(column), $(image), $(incidents) incident"
  timed $helm upgrade kubesent "$work/second" "${values[@]}" --set mode=suggest
  row "upgrade again, to suggest" "$took s: CRD $(column), $(kubectl get "$workload" kubesent -n kubesent -o json | jq -r '.spec.template.spec.containers[0].env[] | select(.name == "KUBESENT_MODE") | .value')"
  kubectl delete pod kubesent-test -n kubesent --ignore-not-found --force --grace-period=0 >/dev/null 2>&1 # of the test that failed: Helm leaves it, for its log
  timed $helm uninstall kubesent -n kubesent
  row "uninstall" "$took s, left: $(comm -13 <(echo "$before") <(everything) | awk '{print $1 " " $3}' | paste -sd, | sed 's/,/, /g')"
  timed $helm install kubesent "$work/second" "${values[@]}"
  row "installed again" "$took s: $(incidents) incident"
  timed $helm upgrade kubesent "$work/second" "${values[@]}" --set crds.keep=false
  timed $helm uninstall kubesent -n kubesent
  row "uninstall with crds.keep=false" "$took s, left: $(comm -13 <(echo "$before") <(everything) | wc -l) objects"
  kubectl apply --server-side --force-conflicts -f knative/base/100-incident-crd.yaml >/dev/null
  if $helm install kubesent "$work/second" "${values[@]}" >"$work/out" 2>&1; then row "over a CRD of kubectl" "installed, WRONG"; else row "over a CRD of kubectl" "refused: $(grep -o 'invalid ownership metadata' "$work/out" | head -1)"; fi
  $helm uninstall kubesent -n kubesent >/dev/null 2>&1 || true
  timed $helm install kubesent "$work/second" "${values[@]}" --take-ownership
  row "over a CRD of kubectl, with --take-ownership" "$took s"
  $helm uninstall kubesent -n kubesent >/dev/null
  kubectl delete crd incidents.kubesent.dev >/dev/null
}

for helm in $HELMS; do
  $helm lint knative/chart --strict --kube-version 1.35.4 >"$work/lint" 2>&1 || { cat "$work/lint"; exit 1; }
  for shape in knative watch; do try "$helm" $shape; done
done
echo
python3 - "$work/cells" <<'PY'
import sys
cells = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
columns = list(dict.fromkeys(c[0] for c in cells)); steps = list(dict.fromkeys(c[1] for c in cells))
at = {(c[0], c[1]): c[2] for c in cells}
print("| step | " + " | ".join(columns) + " |\n| --- |" + " --- |" * len(columns))
for step in steps: print(f"| {step} | " + " | ".join(at.get((c, step), "") for c in columns) + " |")
PY
