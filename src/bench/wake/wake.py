#!/usr/bin/env python3
# wake.py FOLDER ROUNDS NAME=COMMAND...: cold starts in alternating rounds; in a command $PORT is the port. From the fork: the first answer of a
# healthy event, the processor and the memory of the process then, its memory 8 s later. Of kubesent also, from another fork, a failing event that
# comes first, and a second one. Ratios are to quarkus, of the same rounds.
import http.client, json, os, shlex, socket, statistics, subprocess, sys, time

folder, rounds, commands = sys.argv[1], int(sys.argv[2]), dict(a.split('=', 1) for a in sys.argv[3:])
read = lambda name: open(f'{folder}/events/{name}', 'rb').read()
port = 28180


def headers(pod):
    meta = json.loads(pod)['metadata']
    return {'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': str(time.time_ns()), 'ce-source': 'https://10.0.0.1:443', 'ce-type': 'dev.knative.apiserver.resource.update',
            'ce-kind': 'Pod', 'ce-name': meta['name'], 'ce-namespace': meta['namespace']}


def post(connection, body):
    connection.request('POST', '/', body, headers(body))
    answer = connection.getresponse(); answer.read()
    return answer.status


def started(command):
    global port
    port += 1
    begun = time.perf_counter()
    process = subprocess.Popen(shlex.split(command.replace('$PORT', str(port))), cwd=folder, stdout=open(f'{folder}/log.txt', 'w'), stderr=subprocess.STDOUT,
                               env={**os.environ, 'PORT': str(port), 'SERVER_PORT': str(port)})
    while True:
        try:
            socket.create_connection(('127.0.0.1', port)).close(); break
        except OSError:
            if process.poll() is not None: sys.exit(f'it did not start; see {folder}/log.txt')
            time.sleep(0.002)
    return process, begun, http.client.HTTPConnection('127.0.0.1', port)


def memory(process):
    return next(int(l.split()[1]) for l in open(f'/proc/{process.pid}/status') if l.startswith('VmRSS')) / 1024


def ended(process):
    process.terminate()
    try: process.wait(30)
    except subprocess.TimeoutExpired: process.kill()


def healthy(command):
    process, begun, connection = started(command)
    status = post(connection, read('healthy.json')); wall = time.perf_counter() - begun
    cpu = time.clock_gettime((~process.pid << 3) | 2); after = memory(process)
    assert status == 204, status
    time.sleep(8); idle = memory(process)
    ended(process)
    return {'ms': wall * 1000, 'cpu': cpu * 1000, 'after': after, 'idle': idle}


def failing(command):
    subprocess.run(os.environ['FORGET'], shell=True, check=True, stdout=subprocess.DEVNULL)
    process, begun, connection = started(command)
    status = post(connection, read('failing-1.json')); first = time.perf_counter() - begun
    again = time.perf_counter(); status2 = post(connection, read('failing-2.json')); second = time.perf_counter() - again
    assert status == status2 == 202, (status, status2)
    time.sleep(3); ended(process)
    return {'claimed': first * 1000, 'second': second * 1000}


measured = {name: [] for name in commands}
for i in range(rounds + 1):
    for name, command in commands.items():
        one = healthy(command) | (failing(command) if name == 'kubesent' else {})
        if i: measured[name].append(one)  # the first round fills the page cache
load = open('/proc/loadavg').read().split()[0]
middle = lambda name, what: statistics.median(one[what] for one in measured[name])
ratio = lambda name, what, to='quarkus', of=None: statistics.median(a[what] / b[of or what] for a, b in zip(measured[name], measured[to]))
print(f'\n{rounds} rounds, load {load} at the end; medians (least to most)\n')
print('| | first answer, ms | × quarkus | processor until then, ms | × quarkus | memory then / idle, MiB |\n| --- | --- | --- | --- | --- | --- |')
for name in commands:
    all_ = sorted(one['ms'] for one in measured[name])
    print(f"| {name} | {middle(name, 'ms'):.0f} ({all_[0]:.0f} to {all_[-1]:.0f}) | {ratio(name, 'ms'):.2f} | {middle(name, 'cpu'):.0f} | {ratio(name, 'cpu'):.2f} | {middle(name, 'after'):.0f} / {middle(name, 'idle'):.0f} |")
print(f"\nA failing event that comes first is claimed {middle('kubesent', 'claimed'):.0f} ms after the fork, {ratio('kubesent', 'claimed', of='ms'):.2f} × quarkus's first answer; a second one takes {middle('kubesent', 'second'):.0f} ms.")
