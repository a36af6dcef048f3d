#!/bin/bash
# Whether docs/gitops-health.md is true: incidents that KubeSent writes on a real API server, at each phase, are shown to kubectl wait, to Flux's own
# evaluator of healthCheckExprs, to kstatus, and to a Lua that is set up as Argo CD's. Needs go and ../shared/kube; some minutes the first time.
#   src/it/health-checks.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
(cd src/it/health && GOFLAGS="-p=1" CGO_ENABLED=0 nice go build -o "$work/health" .)
HEALTH_CHECKS="$work/health" KUBESENT_REQUIRE_API_SERVER=true nice ./mvnw -q -B -ntp test -Dtest=HealthChecksApiServerTest -Dspotless.check.skip=true | tee "$work/out"
grep -c '^HEALTH' "$work/out"
