#!/usr/bin/env python3
# events.py EVENT.http FOLDER: FOLDER/{healthy,big}.json, bodies of 11,058 and 50,140 bytes: a captured pod that is well, made larger as real ones are,
# by more containers with env, mounts and statuses, and more managers of its fields.
import copy, json, sys

event, folder = sys.argv[1:3]
base = json.loads(open(event).read().replace('\r\n', '\n').split('\n\n', 1)[1])
base['metadata']['name'] = 'web-7d9c5b8f6d-x2x9z'
size = lambda pod: len(json.dumps(pod, separators=(',', ':')))


def sidecar(pod, i):
    container, status = copy.deepcopy(base['spec']['containers'][0]), copy.deepcopy(base['status']['containerStatuses'][0])
    container['name'] = status['name'] = f'sidecar-{i}'
    container['env'] = [{'name': f'SETTING_{i}_{j}', 'value': f'value-of-setting-{i}-{j}.example.svc.cluster.local:8443'} for j in range(8)]
    container['env'] += [{'name': f'SECRET_{i}', 'valueFrom': {'secretKeyRef': {'name': f'secret-{i}', 'key': 'password'}}}]
    fields = copy.deepcopy(base['metadata']['managedFields'][-1])
    fields['manager'] = f'operator-{i}'
    pod['spec']['containers'].append(container)
    pod['status']['containerStatuses'].append(status)
    pod['metadata']['managedFields'].append(fields)


for name, wanted in ('healthy', 11058), ('big', 50140):
    pod, i, k = copy.deepcopy(base), 0, 0
    while size(pod) < wanted - 2600: sidecar(pod, i); i += 1
    notes = pod['metadata'].setdefault('annotations', {})
    while size(pod) < wanted - 120: notes[f'example.com/note-{k}'] = 'x' * 60; k += 1
    notes['example.com/last'] = 'y' * (wanted - size(pod) - len(',"example.com/last":""'))
    assert size(pod) == wanted
    json.dump(pod, open(f'{folder}/{name}.json', 'w'), separators=(',', ':'))
