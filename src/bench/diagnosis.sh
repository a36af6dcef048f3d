#!/usr/bin/env bash
# What one diagnosis by the rules costs, warm (JMH). Microseconds of one processor; lines before is how long the log is.
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -q -B -Pbench test-compile exec:exec@bench -Dbench=DiagnosisBench
