#!/usr/bin/env python3
"""builds.py: whether each format of src/test/resources/texts.yaml that says so stands in the programs of the node, which are of the versions named there.
A format that the compiler takes apart, or that the kernel or Go's library says, is not in them as it is. Run in the project's folder, after node.sh."""
import os, subprocess, sys, yaml

programs = {"containerd": ["/usr/bin/containerd", "/usr/bin/containerd-shim-runc-v2"], "runc": ["/usr/sbin/runc"], "bridge": ["/usr/lib/cni/bridge"], "host-local": ["/usr/lib/cni/host-local"]}
kubernetes = subprocess.run(["../shared/kube/kube", "bin"], capture_output=True, text=True, check=True).stdout.strip()
contents = {}


def program(by):
    paths = programs.get(by, [os.path.join(kubernetes, by)])
    if by not in contents:
        contents[by] = b"".join(open(path, "rb").read() for path in paths)
    return contents[by]


texts = yaml.safe_load(open("src/test/resources/texts.yaml"))["texts"]
wrong = [text for text in texts if (text["format"].encode() in program(text["by"])) != text.get("build", False)]
for text in wrong:
    print(("lacks: " if text.get("build") else "has: ") + text["by"] + ": " + text["format"])
print("%d texts, %d of them in the programs of the node" % (len(texts), sum(text.get("build", False) for text in texts)))
sys.exit(1 if wrong else 0)
