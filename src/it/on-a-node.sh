# What the scripts of this folder share: KubeSent with its own token on the real node, and a source that feeds it.
#   ../shared/kube/kube node up    first; needs root, and the jar built with ./mvnw package
kube=../shared/kube
admin=${KUBECONFIG:-$HOME/.cache/kubesent/kube-1.35.4/run-node/kubeconfig}
PATH=$($kube/kube bin):$PATH
java=${JAVA:-/usr/lib/jvm/temurin-25-jdk-amd64/bin/java}
work=$(mktemp -d)
k() { kubectl --kubeconfig "$admin" "$@"; }
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

k apply -f knative/base/000-namespace.yaml -f knative/base/100-incident-crd.yaml -f knative/base/200-serviceaccount.yaml -f knative/base/210-reader.yaml -f knative/base/220-healer.yaml -f knative/base/230-own-namespace.yaml -f knative/base/250-bounds.yaml -f knative/base/260-admission.yaml -f knative/base/270-approver.yaml >/dev/null
k create namespace demo >/dev/null
k label namespace demo kubesent.dev/heal=enabled >/dev/null
for role in kubesent-healer kubesent-healer-evict kubesent-healer-run; do k create rolebinding $role -n demo --clusterrole=$role --serviceaccount=kubesent:kubesent >/dev/null; done
until k get serviceaccount default -n demo >/dev/null 2>&1 && k get serviceaccount kubesent -n kubesent >/dev/null 2>&1; do sleep 0.2; done

# A kubeconfig that holds the function's own token, and nothing of the admin's.
server=$(k config view --minify -o jsonpath='{.clusters[0].cluster.server}')
k config view --minify --raw --flatten -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$work/ca.crt"
token=$(k create token kubesent -n kubesent --duration=2h)
kubectl --kubeconfig "$work/kubeconfig" config set-cluster lab --server="$server" --certificate-authority="$work/ca.crt" --embed-certs >/dev/null
kubectl --kubeconfig "$work/kubeconfig" config set-credentials kubesent --token="$token" >/dev/null
kubectl --kubeconfig "$work/kubeconfig" config set-context lab --cluster=lab --user=kubesent >/dev/null
kubectl --kubeconfig "$work/kubeconfig" config use-context lab >/dev/null

KUBECONFIG=$work/kubeconfig KUBESENT_CLUSTER=kubeconfig $java -jar target/kubesent.jar --server.port=8090 >"$work/kubesent.log" 2>&1 &
kubesent=$!
until curl -sf -o /dev/null localhost:8090/actuator/health/readiness; do sleep 0.2; done
feed() {
  $kube/source --sink http://localhost:8090/ --kubeconfig "$admin" --namespace demo >"$work/source.log" 2>&1 &
  sleep 2
}

report() {
  echo "--- incidents"; k get incidents -n demo --sort-by=.metadata.creationTimestamp
  echo "--- pods"; k get pods -n demo -o 'custom-columns=POD:.metadata.name,STATUS:.status.containerStatuses[*].state.waiting.reason,READY:.status.containerStatuses[*].ready,RESTARTS:.status.containerStatuses[*].restartCount,LIMIT:.spec.containers[*].resources.limits.memory'
  echo "--- stories"; k get incidents -n demo -o json >"$work/incidents.json"
  python3 - "$work/incidents.json" <<'PY'
import json, sys
for i in sorted(json.load(open(sys.argv[1]))["items"], key=lambda i: i["metadata"]["creationTimestamp"]):
    print(i["metadata"]["name"], i["status"].get("phase"))
    for line in i["status"].get("story", []): print("   ", line)
    if i["status"].get("outcome"): print("    outcome:", i["status"]["outcome"]["detail"])
PY
  echo "--- what the source saw (status, tries)"; awk '{print $4, $5, $6}' "$work/source.log" | sort | uniq -c
  echo "--- log of KubeSent"; grep -E "WARN|ERROR|reason=" "$work/kubesent.log" || true
  echo "kept in $work"
}

# Each incident: its cause, its story, and how long it took.
cures() {
  k get incidents -n demo -o json >"$work/incidents.json"
  python3 - "$work" <<'PY'
import json, sys
from datetime import datetime
t = lambda s: datetime.fromisoformat(s.replace("Z", "+00:00"))
for i in sorted(json.load(open(sys.argv[1] + "/incidents.json"))["items"], key=lambda i: i["status"].get("workload", "")):
    s = i["status"]
    d = s.get("diagnosis", {})
    print(f'{s.get("workload")} {s["phase"]} {d.get("cause")} {d.get("confidence")}')
    for line in s.get("story", []): print("    " + line[:330])
    if s["phase"] == "Healed":
        print(f'    = seen, then mended after {(t(s["acts"][-1]["at"]) - t(s["seen"]["first"])).seconds} s; lived, and said so after {(t(s["outcome"]["at"]) - t(s["seen"]["first"])).seconds} s')
PY
}
