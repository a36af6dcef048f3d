#!/usr/bin/env bash
# README's ways to install, word for word: the commands are taken out of its sections "Install" and "Read, approve, stop", and run on a fresh node, which this script makes and ends.
# Prints the seconds from the first of them until the first proposal and the first heal; ends with 1 where README does not say a command any more, or one fails.
#   src/it/base-image /tmp/base.tar; src/it/install.sh knative|watch|chart      BUILT=1: target/kubesent-image.tar is there already. docs/evidence/install.md has its output.
set -euo pipefail
cd "$(dirname "$0")/../.."
way=$1 kube=$PWD/../shared/kube/kube
export RUN=${RUN:-$HOME/.cache/kubesent/kube-1.35.4/run-node} JAVA_HOME=${JAVA_HOME:-/usr/lib/jvm/temurin-25-jdk-amd64} MAVEN_ARGS="${MAVEN_ARGS:-} -B -ntp -Dimage.base=tar:/tmp/base.tar"
# As on a machine of a user: kubectl and helm on the path, java is 25, and ctr finds its containerd.
export PATH="$("$kube" bin):$HOME/.cache/kubesent/neighbours/bin:$JAVA_HOME/bin:$PATH"
ctr() { command ctr -a "$RUN/containerd.sock" "$@"; }

# A line for each command of a section: those of its fences, and what stands between single backticks.
said() { python3 - "$1" <<'PY'
import re, sys
text = open("README.md").read()
section = re.search(rf"(?ms)^## {re.escape(sys.argv[1])}\n(.*?)(?=^## )", text)[1]
for fence in re.findall(r"(?ms)^```\n(.*?)^```", section):
    for line in fence.splitlines():
        command, _, comment = re.match(r"((?:[^#']|'[^']*')*?)(\s+#\s*(.*)|#.*|$)$", line).groups()[:3] if line and not line.startswith("#") else ("", "", "")
        if command.strip(): print(command.strip())
        if comment: print("# " + comment)
for inline in re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", section)): print(inline)
PY
}
said "Install" >/tmp/install.said; said "Read, approve, stop" >>/tmp/install.said
# word PATTERN: the one command that begins so
word() { local found; found=$(grep -E "^$1" /tmp/install.said | sort -u || true); [ "$(grep -c . <<<"$found")" = 1 ] || { echo "README does not say one command like: $1" >&2; exit 1; }; printf '%s\n' "$found"; }
run() { echo "\$ $1"; eval "$1"; }
quietly() { echo "\$ $1"; eval "$1" >/dev/null; }

build=$(word '\./mvnw -q -Pimage package -DskipTests$')
load=$(word '# or: minikube image load' | grep -o 'ctr -n k8s.io images import') # kind and minikube are not here
suggest=$(word 'kubectl apply -k knative/overlays/suggest$')
later=$(word '# later: ' | sed -E 's/^# later: (\S+) heals;.*/\1/') plain=$(word '# later: ' | sed -E 's/.*; (\S+) heals without Knative.*/\1/')
create=$(word 'kubectl create namespace demo$') label=$(word 'kubectl label namespace demo') bind=$(word 'kubectl create rolebinding kubesent-healer') helm=$(word 'helm install kubesent') alias=$(word 'alias kubesent=') approve=$(word 'kubesent approve NAME')

[ -n "${BUILT:-}" ] || run "$build"
[ -f target/kubesent.jar ] && [ -f target/kubesent-image.tar ]
trap '"$kube" node down >/dev/null 2>&1 || true' EXIT
"$kube" node down >/dev/null 2>&1 || true
export KUBECONFIG; KUBECONFIG=$(FAST=1 "$kube" node up 2>/dev/null | tail -1)
[ "$way" = watch ] || "$kube" knative up 2>/dev/null
[ "$way" != chart ] || ../shared/neighbours/neighbours up helm 2>/dev/null
echo "a fresh node: $(kubectl version -o json | jq -r .serverVersion.gitVersion), $(kubectl get pods -A --no-headers 2>/dev/null | wc -l) pods"
quietly "$load target/kubesent-image.tar"
begun=$(date +%s%N)
say() { printf '%7.1f s  %s\n' "$(echo "($(date +%s%N) - $begun) / 1000000000" | bc -l)" "$*"; }
await() { local end=$((SECONDS + $1)) what=$2; shift 2; until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || { say "NEVER: $what"; kubectl get incidents,pods -A; exit 1; }; sleep 0.2; done; say "$what"; }
name() { kubectl get incidents -n demo -o json | jq -er --arg w "Deployment/$1" --arg p "$2" '[.items[] | select(.status.workload == $w) | select(.status.phase | test($p)) | .metadata.name][0] // error("none")'; }
healed() { [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.status.availableReplicas}/{.status.updatedReplicas}')" = 1/1 ] && [ "$(kubectl get deploy "$1" -n demo -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}')" != 32Mi ]; }
failing() { kubectl apply -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1, namespace: demo}
spec:
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec: {terminationGracePeriodSeconds: 1, containers: [{name: app, image: "localhost/memhog:1", args: ["64", "4"], resources: {limits: {memory: 32Mi}}}]}
YAML
say "a Deployment with too little memory: $1"; }
opt_in() { run "$create"; run "$label"; [ "$way" = chart ] || run "$bind"; }
approves() { run "shopt -s expand_aliases; $alias"; local incident; incident=$(name "$1" Proposed); sleep 2; run "${approve/NAME/$incident}"; }
case $way in
  knative) quietly "$suggest"; opt_in ;;
  watch) quietly "kubectl apply -k $plain"; opt_in ;;
  chart) opt_in; run "$helm" ;;
  *) echo "knative, watch or chart" >&2; exit 2 ;;
esac
say "all is said"
failing first
if [ "$way" != watch ]; then
  await 180 "the first proposal" name first Proposed
  approves first
fi
await 180 "the first heal: the new pod is available" healed first
if [ "$way" = knative ]; then quietly "kubectl apply -k $later"; sleep 5; failing second; await 180 "the next heals without a person" healed second; fi
await 460 "and so it stays: Healed" name first Healed
