#!/usr/bin/env bash
# The cleanup's CronJob on a real node: one that works, one whose directory is missing, one with a bad image, one too small in memory; and what
# KubeSent says of each. First ../shared/kube/kube node up, ./mvnw package, and the image (README).
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh
run=$(dirname "$admin")
ctr=$($kube/kube bin)/ctr
[ -x "$ctr" ] || ctr=$(command -v ctr)
"$ctr" -a "$run/containerd.sock" -n k8s.io images import target/kubesent-image.tar >/dev/null
feed

# On the node: half of the files are 40 days old, and of user 65532, as the pod is.
data=/var/tmp/kubesent-cleanup
rm -rf $data; mkdir -p $data/a/b
for i in 1 2 3 4 5 6; do echo x >$data/a/young$i; echo x >$data/a/b/old$i; touch -d '40 days ago' $data/a/b/old$i; done
chown -R 65532:65532 $data

kubectl kustomize knative/cleanup/cronjob >"$work/cronjob.yaml"
variant() { # name sed-expression
  sed -e 's/# IT DELETES NOTHING YET.*/#/; /name: DRY_RUN/{n;s/"true"/"false"/}' -e "s/^  name: cleanup$/  name: $1/; s/serviceAccountName: cleanup/serviceAccountName: $1/" -e "$2" "$work/cronjob.yaml" | k apply -n demo -f - >/dev/null
  k create job "$1-now" --from="cronjob/$1" -n demo >/dev/null
}
variant works ''
variant missing 's#value: /data$#value: /data/logs/app#'
variant bad-image 's#image: dev.local/kubesent:.*#image: docker.io/lab/kubesent:9.9#'
variant too-small 's#memory: 128Mi#memory: 12Mi#; s#memory: 64Mi#memory: 12Mi#; s#-Xmx64m ##'
sleep "${WATCH:-60}"
echo "--- too-small asks for $(k get cronjob too-small -n demo -o jsonpath='{.spec.jobTemplate.spec.template.spec.containers[0].resources.limits.memory}') now; its next run"
k create job too-small-again --from=cronjob/too-small -n demo >/dev/null
k wait --for=condition=complete job/too-small-again -n demo --timeout=60s
sleep 20
curl -s -X POST localhost:8090/sweep >/dev/null
sleep 5
echo "--- left in $data"; find $data -type f | sort
echo "--- jobs"; k get jobs -n demo
echo "--- summary of the run that works"; k logs -n demo job/works-now
report
echo "--- drill-down"
python3 - "$work/incidents.json" <<'PY'
import json, sys
for i in sorted(json.load(open(sys.argv[1]))["items"], key=lambda i: i["metadata"]["name"]):
    d = i["status"].get("diagnosis", {})
    print(i["metadata"]["name"], d.get("cause"), d.get("confidence"), "|", d.get("explanation"))
    for step in d.get("drillDown", []): print("   ", step)
PY
