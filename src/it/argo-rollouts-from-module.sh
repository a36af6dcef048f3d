#!/usr/bin/env bash
# Argo Rollouts' controller and its plugin for kubectl, built from their Go module, as ../shared/neighbours does not bring them; for src/it/rollouts.sh.
#   src/it/argo-rollouts-from-module.sh [v1.9.0]        prints the folder: rollouts-controller, kubectl-argo-rollouts, src/manifests; some five minutes (292 s and 30 s beside other work) and 0.2 GB beside the caches of Go, the first time
# Needs go 1.24.9 or later, and a proxy for its modules (it asks for some 300 of them). The dashboard's pages are not built, and none is needed.
set -euo pipefail
v=${1:-v1.9.0}; home=$HOME/.cache/kubesent/argo-rollouts-$v
if [ ! -x "$home/kubectl-argo-rollouts" ]; then
  mkdir -p "$home"; export CGO_ENABLED=0
  from=$(cd "$home" && go mod download -json "github.com/argoproj/argo-rollouts@$v" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  rm -rf "$home/src"; cp -r "$from" "$home/src"; chmod -R u+w "$home/src"; cd "$home/src"
  for program in rollouts-controller kubectl-argo-rollouts; do
    nice -n 15 go build -p 2 -trimpath -ldflags "-s -w -X github.com/argoproj/argo-rollouts/utils/version.version=${v#v}" -o "$home/$program" "./cmd/$program" >&2
  done
fi
echo "$home"
