#!/usr/bin/env bash
# What kubelet, scheduler, containerd, runc, network plug-ins, registries and the API server say of pods that fail, on a real node: a pod or workload
# for each text, with its true cause; and what KubeSent says of it. First src/it/texts/node.sh and ./mvnw package.
set -euo pipefail
cd "$(dirname "$0")/../.."
. src/it/on-a-node.sh
run=$(dirname "$admin")
folder=$(mktemp -d)

# A read-only file system of the node, and a disk.
mkdir -p /run/kubesent-read-only
mount -t tmpfs -o ro tmpfs /run/kubesent-read-only
truncate -s 8M "$folder/disk"
mkfs.ext4 -q "$folder/disk"
loop=$(losetup -f --show "$folder/disk")
trap 'kill $(jobs -p) 2>/dev/null || true; losetup -d "$loop" || true; umount -l /run/kubesent-read-only || true' EXIT

# Images that only this node has, and registries that fail.
python3 src/it/texts/images.py "$folder"
for image in "$folder"/*.tar; do ctr -a "$run/containerd.sock" -n k8s.io images import "$image" >/dev/null; done
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/key" -out "$folder/crt" 2>/dev/null
python3 src/it/texts/registry.py 15001 >"$folder/registry.log" 2>&1 &
python3 src/it/texts/registry.py 15002 "$folder/crt" "$folder/key" >"$folder/secured.log" 2>&1 &
at() { mkdir -p "$run/certs.d/$1"; printf 'server = "%s"\n[host."%s"]\n  capabilities = ["pull", "resolve"]\n' "$2" "$2" >"$run/certs.d/$1/hosts.toml"; }
at registry.lab http://127.0.0.1:15001
at secured.lab https://127.0.0.1:15002
at plain.lab https://127.0.0.1:15001
at down.lab http://127.0.0.1:9
at noname.lab https://registry.invalid

feed
k label node lab topology.kubernetes.io/zone=zone-a --overwrite >/dev/null
k apply -f src/it/texts/admission.yaml >/dev/null
for namespace in demo-quota demo-limits demo-secure; do k create rolebinding kubesent-healer -n $namespace --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent >/dev/null; done
k apply -f src/it/texts/nodes.yaml >/dev/null
sed "s#LOOP#$loop#" src/it/texts/volumes.yaml | k apply -f - >/dev/null
for some in start images probes; do k apply -f src/it/texts/$some.yaml >/dev/null; done
k wait pod/holds-port pod/has-the-volume -n demo --for=condition=Ready --timeout=120s >/dev/null
sleep 20
k delete pv lost --wait=false >/dev/null
k patch pv lost --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]' >/dev/null
k delete pvc going -n demo --wait=false >/dev/null
k taint node lab dedicated=others:NoSchedule --overwrite >/dev/null
k apply -f src/it/texts/later.yaml >/dev/null

# Pods that do not begin are told of after 5 minutes, and those that are never ready after 10.
for ((i = 0; i < ${WATCH:-660}; i += 60)); do
  sleep 60
  curl -s -o /dev/null -X POST localhost:8090/sweep
done
sleep 10
for kind in pods deployments statefulsets daemonsets events incidents; do k get $kind -A -o json >"$work/$kind.json"; done
python3 src/it/texts/say.py "$work"
echo "kept in $work"
