#!/usr/bin/env bash
# The node for ../texts.sh: with cni/bridge before the real network plug-ins. Needs root, as `kube node up` does.
set -euo pipefail
cd "$(dirname "$0")/../../.."
plugins=/run/kubesent-cni-bin
rm -rf $plugins; mkdir -p $plugins
../shared/kube/kube node down
for plugin in /usr/lib/cni/*; do ln -s "$plugin" $plugins/; done
ln -sf "$PWD/src/it/texts/cni/bridge" $plugins/bridge
CNIBIN=$plugins ../shared/kube/kube node up
