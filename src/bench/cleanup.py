"""What cleanup.sh runs: COMMAND FILES DIRECTORIES ROUNDS CACHES FOLDER."""
import os, shutil, statistics, subprocess, sys, time

java, files, dirs, rounds, caches, work = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6]
assert caches in ("warm", "cold"), caches
per = files // dirs
old = time.time() - 40 * 86400
FIELDS = ("wall, s", "user, s", "system, s", "processor, s", "peak memory, MiB")


def plant(tree):
    """Slow on an ext4 that has no journal: for a minute it looks at each inode that was freed before it hands one out."""
    shutil.rmtree(work + "/trees", ignore_errors=True)
    for d in range(dirs):
        os.makedirs(f"{tree}/{d}")
        for f in range(per):
            path = f"{tree}/{d}/{f}.log"
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
            if f % 2:
                os.utime(path, (old, old))
    os.sync()
    if caches == "cold":
        with open("/proc/sys/vm/drop_caches", "w") as drop:
            drop.write("3")


def left(tree):
    return sum(len(os.listdir(f"{tree}/{d}")) for d in range(dirs))


def measured(command, env):
    out = [(os.POSIX_SPAWN_OPEN, 1, work + "/out", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)]
    begun = time.monotonic()
    pid = os.posix_spawn(command[0], command, env, file_actions=out)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    assert status == 0, status
    return wall, used.ru_utime, used.ru_stime, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def find(tree):
    return [shutil.which("find"), tree, "-type", "f", "-mtime", "+29", "-delete"], dict(os.environ)


def cleanup(tree):
    return java.split(), dict(os.environ, SOURCE_DIR=tree, DAYS_OLD="30")


commands = {"find -delete": find, "cleanup": cleanup}
order = [name for r in range(rounds) for name in (list(commands) if r % 2 == 0 else reversed(commands))]
results = {name: [] for name in commands}
loads = [os.getloadavg()[0]]
for number, name in enumerate(order):
    tree = f"{work}/trees/{number}"
    plant(tree)
    results[name].append(measured(*commands[name](tree)))
    assert left(tree) == dirs * (per - per // 2), left(tree)
    loads.append(os.getloadavg()[0])
    print(f"{name:12} " + "  ".join(f"{f} {v:.2f}" for f, v in zip(FIELDS, results[name][-1])) + f"  load {loads[-1]:.1f}", flush=True)

kind = subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", work], capture_output=True, text=True).stdout.strip()
one, ours = ([statistics.median(column) for column in zip(*results[name])] for name in commands)
pairs = [[o[i] / f[i] for f, o in zip(*results.values())] for i in (0, 3)]
print(f"""
{time.strftime("%Y-%m-%d %H:%M", time.gmtime())} UTC, {files:,} files in {dirs:,} directories, half of them old, on {kind}, caches {caches}, {os.cpu_count()} processors, load {min(loads):.1f} to {max(loads):.1f}; medians of {rounds} alternating rounds:

| | {" | ".join(FIELDS)} |
| --- | {" | ".join("---" for _ in FIELDS)} |
| find -delete | {" | ".join(f"{v:.2f}" for v in one)} |
| cleanup | {" | ".join(f"{v:.2f}" for v in ours)} |
| cleanup / find | {" | ".join(f"{o / f:.2f}" if f >= 0.01 else "" for o, f in zip(ours, one))} |

Round by round: wall {", ".join(f"{v:.2f}" for v in pairs[0])}; processor {", ".join(f"{v:.2f}" for v in pairs[1])}.""")
