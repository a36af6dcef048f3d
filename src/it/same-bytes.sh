#!/usr/bin/env bash
# Two builds of this commit, each in a folder of its own: what a release attaches has the same bytes, and the image the same layers but for the AOT cache, which
# the JVM trains by running (no two runs write the same). Then the image is pushed to a registry of this machine.
#   src/it/base-image /tmp/base.tar; src/it/same-bytes.sh [/tmp/base.tar]      WITHOUT_IMAGE=1: the files alone, where other work keeps the training from being ready in time      needs kubectl, helm, and for the push docker-registry (Debian's)
set -euo pipefail
cd "$(dirname "$0")/../.."
base=${1:-/tmp/base.tar} work=$(mktemp -d)
export PATH="$(../shared/kube/kube bin):$HOME/.cache/kubesent/neighbours/bin:$PATH"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
port=${PORT:-5057} push=() profiles=-Pimage,lambda
[ -z "${WITHOUT_IMAGE:-}" ] || profiles="$profiles -Dexec.skip=true" # the image is made by programs that Maven runs
if command -v docker-registry >/dev/null; then
  printf 'version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s/registry}}\nhttp: {addr: "127.0.0.1:%s"}\n' "$work" "$port" >"$work/registry.yml"
  docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
  until curl -s -o /dev/null "127.0.0.1:$port/v2/"; do sleep 0.2; done
  push=(-Dimage.to=registry -Dimage.name="localhost:$port/kubesent:9.8.7")
else echo "no docker-registry: nothing is pushed"; push=(-Dimage.name=dev.local/kubesent:9.8.7); fi
commit=$(git rev-parse HEAD) failed=0 # somebody may commit meanwhile
for n in 1 2; do
  mkdir "$work/$n"; git archive "$commit" | tar x -C "$work/$n"; ln -sfn "$(cd ../shared && pwd -P)" "$work/shared"
  (cd "$work/$n" && ./mvnw ${MVN_ARGS:-} -q $profiles package -DskipTests -Drevision=9.8.7 -Dimage.base="tar:$base" "${push[@]}" && src/release/release.sh 9.8.7 registry.example.com/kubesent out) >"$work/build$n.log" 2>&1 || { tail -40 "$work/build$n.log"; exit 1; }
  [ -z "${WITHOUT_IMAGE:-}" ] || continue
  grep "^built " "$work/build$n.log" || true
  if [ "${push[0]}" = -Dimage.to=registry ]; then curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "127.0.0.1:$port/v2/kubesent/manifests/9.8.7" | jq -r '.layers[].digest' >"$work/layers$n"
  else tar xOf "$work/$n/target/kubesent-image.tar" manifest.json | jq -r '.[0].Layers[]' >"$work/layers$n"; fi
done
cat "$work/1/out/SHA256SUMS"
if cmp "$work/1/out/SHA256SUMS" "$work/2/out/SHA256SUMS"; then echo "the same bytes: $(wc -l <"$work/1/out/SHA256SUMS") files"; else echo "WRONG: other bytes; in $work"; failed=1; fi
if [ -z "${WITHOUT_IMAGE:-}" ]; then
  same=$(comm -12 <(sort "$work/layers1") <(sort "$work/layers2") | wc -l) all=$(wc -l <"$work/layers1")
  echo "image: $same of $all layers are the same"
  [ "$same" -ge $((all - 1)) ]
fi

# The step of release.yml that publishes the chart, and what the notes of a release say to install.
if [ "${push[0]}" = -Dimage.to=registry ]; then
  sed -n "s/^Pushed/pushed/p" < <(helm push "$work/1/out/kubesent-chart-9.8.7.tgz" "oci://localhost:$port/kubesent-chart" --plain-http 2>&1)
  helm pull "oci://localhost:$port/kubesent-chart/kubesent" --version 9.8.7 --plain-http -d "$work" >/dev/null 2>&1
  cmp "$work/kubesent-9.8.7.tgz" "$work/1/out/kubesent-chart-9.8.7.tgz" && echo "the chart comes back from the registry with the same bytes"
  helm template kubesent "oci://localhost:$port/kubesent-chart/kubesent" --version 9.8.7 --plain-http -n kubesent 2>/dev/null | grep -c '^kind:' | sed 's/$/ objects of it, as the notes say to install it/'
fi
exit $failed
