#!/bin/bash
# kube-apiserver of a version that ../shared/kube does not bring, built from its Go module; for the tests on a real API server.
#   src/it/apiserver-from-module.sh 1.36.3        prints the folder for KUBE_API_TEST_DIR; some minutes, and 1.5 GB of disk, the first time
# Needs go, and ../shared/kube for etcd and kubectl. The module names its own parts by paths, so that `go install` refuses it: here each is
# replaced by the release of that part.
set -euo pipefail
v=$1; here=$(cd "$(dirname "$0")/../.." && pwd)
home=$HOME/.cache/kubesent/apiserver-$v; bin=$home/k8s/$v-linux-amd64
if [ ! -x "$bin/kube-apiserver" ]; then
  mkdir -p "$home/src" "$bin"; cd "$home/src"
  export GOFLAGS="-p=1 -mod=mod" CGO_ENABLED=0
  from=$(go mod download -json "k8s.io/kubernetes@v$v" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  { echo "module kubesent.test/kube"
    grep -E '^(go|godebug) ' "$from/go.mod"
    echo "require k8s.io/kubernetes v$v"
    sed -n 's/^\t\(k8s.io\/[a-z0-9-]*\) => .*/replace \1 => \1 v0.'"${v#1.}"'/p' "$from/go.mod"; } > go.mod
  printf '//go:build tools\npackage tools\nimport _ "k8s.io/kubernetes/cmd/kube-apiserver"\n' > tools.go
  minor=${v#1.}; minor=${minor%%.*}; p=k8s.io/component-base/version
  nice -n 15 go build -trimpath -ldflags "-s -w -X $p.gitVersion=v$v -X $p.gitMajor=1 -X $p.gitMinor=$minor" \
    -o "$bin/kube-apiserver" k8s.io/kubernetes/cmd/kube-apiserver >&2
fi
shared=$("$here/../shared/kube/kube" bin)
ln -sfn "$shared/etcd" "$bin/etcd"; ln -sfn "$shared/kubectl" "$bin/kubectl"
echo "$home"
