#!/usr/bin/env python3
"""images.py FOLDER: small images (docker archives) whose configuration is what fails: their user, or no command."""
import hashlib, io, json, os, sys, tarfile


def archive(folder, name, config):
    busybox = open("/bin/busybox", "rb").read()
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        for path, data, mode in [("bin/busybox", busybox, 0o755), ("bin/sleep", busybox, 0o755), ("etc/passwd", b"root:x:0:0::/:/x\nweb:x:33:33::/:/x\n", 0o644)]:
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(data), mode
            tar.addfile(entry, io.BytesIO(data))
    layer = layer.getvalue()
    digest = hashlib.sha256(layer).hexdigest()
    settings = json.dumps({"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"], **config}, "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest]}}).encode()
    manifest = json.dumps([{"Config": "config.json", "RepoTags": ["docker.io/causes/%s:1" % name], "Layers": ["layer.tar"]}]).encode()
    with tarfile.open(os.path.join(folder, name + ".tar"), "w") as tar:
        for path, data in [("config.json", settings), ("layer.tar", layer), ("manifest.json", manifest)]:
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))


for name, config in [("user-not-there", {"User": "appuser"}), ("user-by-name", {"User": "web"}), ("no-command", {})]:
    archive(sys.argv[1], name, config)
