#!/usr/bin/env python3
# unpack.py IMAGE.tar FOLDER   unpacks the image's layers; prints the command that runs it from there
import json, subprocess, sys, tarfile, tempfile, os
image, root = sys.argv[1:3]
with tempfile.TemporaryDirectory() as t:
    with tarfile.open(image) as f: f.extractall(t, filter='data')
    manifest = json.load(open(f'{t}/manifest.json'))[0]
    for layer in manifest['Layers']: subprocess.run(['tar', '--warning=no-unknown-keyword', '-xf', f'{t}/{layer}', '-C', root], check=True)
    entry = json.load(open(f"{t}/{manifest['Config']}"))['config']['Entrypoint']
print(*(root + w if w.startswith('/') else w.replace('=/', '=' + root + '/') for w in entry))
