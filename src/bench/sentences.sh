#!/usr/bin/env bash
# How long the sentences of the pages are: average and p90 of words, and the longest table cell. -v: also each sentence of more than 26 words.
#   src/bench/sentences.sh [-v] [PAGE…]     without a page: those that users read
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin | head -1)/java}
options=()
if [ "${1:-}" = -v ]; then options=(-v); shift; fi
[ $# -gt 0 ] || set -- README.md docs/flow.md docs/what-it-does.md docs/commands.md docs/settings.md docs/reasons.md docs/known-limits.md docs/causes.md \
  docs/signatures.md docs/what-leaves-the-cluster.md docs/cleanup.md docs/lambda.md events/README.md knative/README.md knative/chart/README.md src/plugin/README.md SECURITY.md
exec "$java" src/test/java/dev/kubesent/docs/Sentences.java "${options[@]}" "$@"
