#!/usr/bin/env bash
# The workflows of .github, read by actionlint (of the Go proxy, compiled here) and each of their scripts by shellcheck (Debian's, where it is installed). Every action is to be pinned by a commit.
#   src/it/workflows.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(mktemp -d)
GOBIN=$bin GOFLAGS= go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7
command -v shellcheck >/dev/null || echo "no shellcheck: the scripts in the workflows are not looked at"
"$bin/actionlint" -version | head -1
"$bin/actionlint" .github/workflows/*.yml
! grep -hE '^\s*-?\s*uses:' .github/workflows/*.yml | grep -vE 'uses: \./|@[0-9a-f]{40} # v[0-9]' || { echo "WRONG: not pinned by a commit"; exit 1; }
echo "$(ls .github/workflows/*.yml | wc -l) workflows, $(grep -hcE '^\s*-?\s*uses:' .github/workflows/*.yml | paste -sd+ | bc) uses of actions: nothing to say"
