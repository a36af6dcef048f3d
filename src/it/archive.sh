#!/usr/bin/env bash
# On real Knative, what needs a claim that many may write (ReadWriteMany): the cleanup as a function that a PingSource wakes, as an indexed Job with
# shards, and the archive of incidents. The claims are bound to directories of the one node.
#   FAST=1 ../shared/kube/kube node up; KUBECONFIG=… ../shared/kube/kube knative up
#   src/it/base-image /tmp/base.tar; ./mvnw -q -Pimage package -DskipTests -Dimage.base=tar:/tmp/base.tar
set -euo pipefail
cd "$(dirname "$0")/../.."
run=${RUN:-$HOME/.cache/kubesent/kube-1.35.4/run-node}
export KUBECONFIG=${KUBECONFIG:-$run/kubeconfig}
PATH=$(../shared/kube/kube bin):$PATH
say() { printf '%s  %s\n' "$(date -u +%T)" "$*"; }
await() { # SECONDS "what" command…
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then say "NEVER: $what"; exit 1; fi
    sleep 1
  done
  say "$what"
}
volume() { # name namespace claim directory
  mkdir -p "$4"; chown 65532:65532 "$4"
  kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolume
metadata: {name: $1}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteMany]
  persistentVolumeReclaimPolicy: Retain
  claimRef: {namespace: $2, name: $3}
  hostPath: {path: $4}
YAML
}
data=/var/tmp/kubesent-claims; rm -rf $data
files() { # directory
  for d in a b c d; do mkdir -p $1/$d; for i in 1 2 3; do echo x >$1/$d/young$i; echo x >$1/$d/old$i; touch -d '40 days ago' $1/$d/old$i; done; done
  chown -R 65532:65532 "$1"
}
none_old() { [ -z "$(find "$1" -name 'old*')" ]; }

ctr -a "$run/containerd.sock" -n k8s.io images import target/kubesent-image.tar >/dev/null
kubectl patch configmap config-features -n knative-serving --type=merge -p '{"data":{"kubernetes.podspec-persistent-volume-claim":"enabled","kubernetes.podspec-persistent-volume-write":"enabled"}}' >/dev/null
for ns in files shards demo; do kubectl create namespace $ns >/dev/null; done

say "--- cleanup/pingsource"
volume files files cleanup-data $data/files; files $data/files
kubectl kustomize knative/cleanup/pingsource | sed 's/schedule: .*/schedule: "* * * * *"/' | kubectl apply -n files -f - >/dev/null
await 60 "the claim is bound" kubectl wait --for=jsonpath='{.status.phase}'=Bound pvc/cleanup-data -n files --timeout=1s
await 90 "the Service is ready" kubectl wait --for=condition=Ready ksvc/cleanup -n files --timeout=1s
await 150 "woken by the PingSource: no old file is left" none_old $data/files
say "$(find $data/files -type f | wc -l) files are left of 24"
kubectl logs -n files -l serving.knative.dev/service=cleanup -c user-container --tail=40 2>/dev/null | grep '"end"' | tail -1 || true
kubectl delete pingsource cleanup -n files >/dev/null

say "--- cleanup/indexed"
volume shards shards cleanup-data $data/shards; files $data/shards
kubectl kustomize knative/cleanup/indexed | sed 's/^  name: \(cleanup.*\)/  name: \1/' | kubectl apply -n shards -f - >/dev/null
job=$(kubectl get jobs,cronjobs -n shards -o name | head -1)
case $job in cronjob*) kubectl create job now -n shards --from="$job" >/dev/null; job=job.batch/now ;; esac
await 120 "$job is complete" kubectl wait --for=condition=complete "$job" -n shards --timeout=1s
none_old $data/shards && say "no old file is left, $(find $data/shards -type f | wc -l) of 24 files are"
kubectl get pods -n shards --no-headers | awk '{print "   " $1, $3}'

say "--- overlays/archive"
volume archive kubesent kubesent-archive $data/archive
kubectl apply -k knative/overlays/archive >/dev/null
# So that it is seen within minutes.
kubectl patch pingsource kubesent-sweep -n kubesent --type=merge -p '{"spec":{"schedule":"* * * * *"}}' >/dev/null
kubectl label namespace demo kubesent.dev/heal=enabled >/dev/null
kubectl create rolebinding kubesent-healer -n demo --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent >/dev/null
await 90 "kubesent is ready" kubectl wait --for=condition=Ready ksvc/kubesent -n kubesent --timeout=1s
kubectl create deployment typo -n demo --image=docker.io/lab/no-such-image:9.9 >/dev/null
await 150 "the evidence is archived" sh -c "ls $data/archive/demo/*/pod.yaml"
kubectl delete deployment typo -n demo >/dev/null
incident=$(kubectl get incidents -n demo -o name)
old=$(date -u -d '10 days ago' +%FT%TZ)
kubectl patch "$incident" -n demo --subresource=status --type=merge -p "{\"status\":{\"seen\":{\"first\":\"$old\",\"last\":\"$old\"},\"verdict\":{\"at\":\"$old\"},\"outcome\":null}}" >/dev/null
say "it is made ten days old"
await 200 "the incident itself is archived" sh -c "ls $data/archive/demo/*/incident.yaml"
await 60 "and deleted" sh -c '[ -z "$(kubectl get incidents -n demo -o name)" ]'
find $data/archive -type f | sort | sed "s#$data/archive#   /archive#"
touch -d '100 days ago' $data/archive/demo/*/*
kubectl create job cleanup-now -n kubesent --from=cronjob/cleanup >/dev/null
await 90 "the cleanup of the archive is complete" kubectl wait --for=condition=complete job/cleanup-now -n kubesent --timeout=1s
kubectl logs -n kubesent job/cleanup-now | tail -1
say "$(find $data/archive -type f | wc -l) files, $(find $data/archive -mindepth 1 -type d | wc -l) directories are left"
