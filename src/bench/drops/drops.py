#!/usr/bin/env python3
# drops.py WORK ROUNDS SECONDS NAME=COMMAND…: all servers up, WARM (6) seconds of load each, then rounds in which each is measured in turn; the first is
# what the others are compared with. $PORT in a command is its port. Medians; a ratio is the median of the ratios of each round.
import collections, json, os, signal, statistics, subprocess, sys, time, urllib.request

work, rounds, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3]
commands = dict(a.split('=', 1) for a in sys.argv[4:])
base, warm, servers = next(iter(commands)), os.environ.get('WARM', '6'), {}


def load(name, connections, seconds, body):
    process, port = servers[name]
    out = subprocess.run([f'{work}/bin/replay', '-port', str(port), '-pid', str(process.pid), '-conns', str(connections), '-secs', str(seconds),
                          '-spread', '2000', '-body', f'{work}/events/{body}.json'], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(out.stdout)


def answers(process, port, name):
    for _ in range(600):
        if process.poll() is not None: break
        try: return urllib.request.urlopen(urllib.request.Request(f'http://127.0.0.1:{port}/', b'{}', {'content-type': 'application/json'}), timeout=30)
        except urllib.error.HTTPError: return
        except OSError: time.sleep(0.1)
    sys.exit(f'{name} does not answer; see {work}/log-{name}.txt')


try:
    for i, (name, command) in enumerate(commands.items()):
        port = int(os.environ.get('PORT', '28480')) + i
        log = open(f'{work}/log-{name}.txt', 'w')
        servers[name] = subprocess.Popen(command.replace('$PORT', str(port)).split(), env={**os.environ, 'SERVER_PORT': str(port)}, stdout=log, stderr=log), port
    for name, (process, port) in servers.items(): answers(process, port, name)
    for name in servers: print('warm', name, load(name, 16, warm, 'healthy')['codes'], file=sys.stderr, flush=True)
    for body, connections in ('healthy', 16), ('healthy', 1), ('big', 16):
        runs, names = collections.defaultdict(list), list(servers)
        for i in range(rounds):
            for name in names[i % len(names):] + names[:i % len(names)]: runs[name].append(load(name, connections, seconds, body))
        median = lambda name, key: statistics.median(run[key] for run in runs[name])
        ratio = lambda name, key: statistics.median(ours[key] / least[key] for ours, least in zip(runs[name], runs[base]))
        print(f"\n{os.path.getsize(f'{work}/events/{body}.json')} bytes, {connections} connections, {rounds} rounds of {seconds} s, load {os.getloadavg()[0]:.1f}\n")
        print(f'| server | events/s | CPU µs an event | × {base} | p50 µs | p99 µs | × {base} | answers |\n|---|---|---|---|---|---|---|---|')
        for name in names:
            codes = ', '.join(f'{n} × {code}' for code, n in runs[name][-1]['codes'].items())
            print(f"| {name} | {median(name, 'per_s'):.0f} | {median(name, 'cpu_us'):.0f} | {ratio(name, 'cpu_us'):.2f} | {median(name, 'p50_us'):.0f} | {median(name, 'p99_us'):.0f} | {ratio(name, 'p99_us'):.2f} | {codes} |", flush=True)
finally:
    for process, _ in servers.values(): process.send_signal(signal.SIGTERM)
    for process, _ in servers.values():
        try: process.wait(20)
        except subprocess.TimeoutExpired: process.kill()
