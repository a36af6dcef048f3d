#!/usr/bin/env bash
# Records README's local run in a terminal of its own, and draws it as docs/local-run.svg. Run it again when RecordingTest says that the picture
# shows a line that the local run does not print any more. Needs python3, JDK 25 and a free port 8080.
#   src/it/recording.sh            (SHOTS=DIR: also pictures of it in Chromium, light, dark, and still)
set -euo pipefail
cd "$(dirname "$0")/../.."
command=$(sed -n 's/^\(\.\/mvnw -q spring-boot:run\) .*/\1/p' README.md)
[ -n "$command" ] || { echo "README has no local run" >&2; exit 1; }
python3 src/it/recording.py docs/local-run.svg "$command"
[ -z "${SHOTS:-}" ] || python3 src/it/recording_seen.py docs/local-run.svg "$SHOTS"
