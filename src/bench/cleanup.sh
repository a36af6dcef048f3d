#!/usr/bin/env bash
# The cleanup against find(1), in alternating runs on the same tree: wall, processor and peak memory, as ratios. First ./mvnw package.
#   FILES=1000000 DIRS=1000 ROUNDS=3 src/bench/cleanup.sh
# After ./mvnw -Pimage package it is run as in the image, with the cache of its own training, else (or with JAR=target/kubesent.jar) as the plain jar.
# Half of the files are old. The tree is in $TMPDIR (or BENCH_DIR); make that the file system that you want to know about.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA:-/usr/lib/jvm/temurin-25-jdk-amd64/bin/java}
# As in knative/cleanup/base/cronjob.yaml.
export JAVA_TOOL_OPTIONS=${JAVA_TOOL_OPTIONS--XX:+UseSerialGC -Xmx64m -XX:TieredStopAtLevel=1}
files=${FILES:-1000000} dirs=${DIRS:-1000} rounds=${ROUNDS:-3}
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/cleanup-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
image=$PWD/target/image/root
if [ -z "${JAR:-}" ] && [ -f "$image/app/cleanup.args" ]; then
  sed "s#=/app/#=$image/app/#; s#^/app/#$image/app/#" "$image/app/cleanup.args" >"$work/args"
  java="$image/jre/bin/java @$work/args"
else
  java="$java -jar ${JAR:-target/kubesent.jar} cleanup"
fi
echo "$java"

python3 - "$java" "$files" "$dirs" "$rounds" "$work" <<'PY'
import os, resource, subprocess, sys, time, statistics, shutil
java, files, dirs, rounds, work = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
tree = work + "/tree"
old = time.time() - 40 * 86400

def plant(n):
    shutil.rmtree(tree, ignore_errors=True)
    per = n // dirs
    for d in range(dirs):
        os.makedirs(f"{tree}/{d}")
        for f in range(per):
            path = f"{tree}/{d}/{f}.log"
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
            if f % 2: os.utime(path, (old, old))
    os.sync()

def left():
    return sum(len(os.listdir(f"{tree}/{d}")) for d in range(dirs))

def measured(command, env):
    begun = time.time()
    pid = os.posix_spawn(command[0], command, env, file_actions=[(os.POSIX_SPAWN_OPEN, 1, work + "/out", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)])
    _, status, used = os.wait4(pid, 0)
    assert status == 0, status
    return time.time() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

find = [shutil.which("find"), tree, "-type", "f", "-mtime", "+29", "-delete"]
ours = java.split()
env = dict(os.environ, SOURCE_DIR=tree, DAYS_OLD="30")
results = {"find": [], "cleanup": []}
for r in range(rounds):
    order = [("find", find), ("cleanup", ours)]
    for name, command in order if r % 2 == 0 else order[::-1]:
        plant(files)
        results[name].append(measured(command, env))
        assert left() == files // dirs * dirs - (files // dirs) // 2 * dirs, left()
        print(f"{name:8} {results[name][-1][0]:7.2f} s wall {results[name][-1][1]:7.2f} s processor {results[name][-1][2]:7.1f} MiB", flush=True)
best = {n: [min(r[i] for r in rs) for i in range(3)] for n, rs in results.items()}
median = {n: [statistics.median(r[i] for r in rs) for i in range(3)] for n, rs in results.items()}
print(f"{files} files in {dirs} directories, {rounds} rounds: cleanup / find, medians: wall {median['cleanup'][0]/median['find'][0]:.2f}, processor {median['cleanup'][1]/median['find'][1]:.2f}, memory {median['cleanup'][2]/median['find'][2]:.1f}; best walls {best['cleanup'][0]:.2f} s and {best['find'][0]:.2f} s")
PY
