#!/usr/bin/env bash
# release.sh VERSION IMAGE TO: what a release attaches, of what ./mvnw -Pimage,lambda package has built; the same bytes whenever and wherever it runs.
#   VERSION  as 0.2.0          IMAGE  name without a tag, as ghcr.io/somebody/kubesent          TO  a folder, which is made
# DIGEST=sha256:… puts the image's digest into the manifests and the chart in place of its tag. Needs kubectl and helm.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1 image=$2 to=$3
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || { echo "no version: $version; a tag is v0.2.0, and the version is what follows the v" >&2; exit 2; }
mkdir -p "$to"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
reference=$image:$version; [ -z "${DIGEST:-}" ] || reference=$image:$version@$DIGEST

# kustomization FILE FOLDER: one file of it, with the image of this release
kustomization() { kubectl kustomize "$2" | sed "s|image: dev\.local/kubesent:[0-9A-Za-z.-]*|image: $reference|" >"$to/$1"
  grep -q "image: $reference" "$to/$1" || { echo "$1 does not name the image" >&2; exit 1; }
  ! grep -q "dev\.local" "$to/$1" || { echo "$1 names an image of this machine" >&2; exit 1; }; }
kustomization kubesent.yaml knative
kustomization kubesent-suggest.yaml knative/overlays/suggest
kustomization kubesent-watch.yaml knative/overlays/plain

cp -r knative/chart "$work/kubesent"
sed -i "s/^version: .*/version: $version/; s/^appVersion: .*/appVersion: \"$version\"/" "$work/kubesent/Chart.yaml"
sed -i "s|repository: dev.local/kubesent|repository: $image|; s|  digest: \"\"|  digest: \"${DIGEST:-}\"|" "$work/kubesent/values.yaml"
grep -q "repository: $image" "$work/kubesent/values.yaml"
# helm package writes the time of now into its tar, and so the chart is packed here: sorted, of nobody, of one time.
(cd "$work" && tar --sort=name --mtime='2026-01-01 00:00:00Z' --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' -cf - kubesent | gzip -n >"kubesent-chart-$version.tgz")
helm lint "$work/kubesent-chart-$version.tgz" --strict >/dev/null
mv "$work/kubesent-chart-$version.tgz" "$to/"
cp target/kubesent.jar "$to/kubesent-$version.jar"
[ ! -f target/kubesent-lambda.zip ] || cp target/kubesent-lambda.zip "$to/kubesent-lambda-$version.zip"
unzip -p target/kubesent.jar META-INF/sbom/application.cdx.json >"$to/kubesent-$version.cdx.json"
(cd "$to" && rm -f SHA256SUMS && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
cat "$to/SHA256SUMS"
