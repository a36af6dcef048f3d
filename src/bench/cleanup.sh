#!/usr/bin/env bash
# The cleanup against find(1), in alternating rounds, each on a tree made anew: wall, processor (user and system) and peak memory, as the table that
# docs/evidence/cleanup.md holds. First ./mvnw package.
#   FILES=1000000 DIRS=1000 ROUNDS=3 CACHES=warm src/bench/cleanup.sh
# After ./mvnw -Pimage package it is run as the CronJob runs it, by the image's file of arguments, else (or with JAR=target/kubesent.jar) as the plain jar.
# Half of the files are old. The tree is in $TMPDIR (or BENCH_DIR); make that the file system that you want to know about. CACHES=cold drops the
# kernel's before each run (as root); warm is what making the tree leaves.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA:-/usr/lib/jvm/temurin-25-jdk-amd64/bin/java}
manifest=knative/cleanup/base/cronjob.yaml
said() { sed -n "/name: $1\$/{n;s/^ *value: \"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p}" "$manifest"; }
export JAVA_TOOL_OPTIONS=${JAVA_TOOL_OPTIONS-$(said JAVA_TOOL_OPTIONS)} MAX_SECONDS LANG
MAX_SECONDS=$(said MAX_SECONDS) LANG=$(said LANG)
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/cleanup-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
image=$PWD/target/image/root
if [ -z "${JAR:-}" ] && [ -f "$image/app/cleanup.args" ]; then
  sed "s#=/app/#=$image/app/#; s#^/app/#$image/app/#" "$image/app/cleanup.args" >"$work/args"
  java="$image/jre/bin/java @$work/args"
else
  java="$java -jar ${JAR:-target/kubesent.jar} cleanup"
fi
echo "$java, JAVA_TOOL_OPTIONS $JAVA_TOOL_OPTIONS"
python3 src/bench/cleanup.py "$java" "${FILES:-1000000}" "${DIRS:-1000}" "${ROUNDS:-3}" "${CACHES:-warm}" "$work"
