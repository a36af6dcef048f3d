"""The nine failing pods of ../shared/kube/pods/failing.yaml as they were captured on the node, on an API server without one. See scan-captures.sh."""

import http.server
import json
import ssl
import subprocess
import sys

STATES = ["badcommand.CrashLoopBackOff", "badconfig.CreateContainerConfigError", "crashloop.CrashLoopBackOff", "healthy.Running", "imagepull.ImagePullBackOff",
          "liveness.CrashLoopBackOff", "oom.OOMKilled", "unschedulable.Pending", "web-image-5d8d48cb9f-d92t4.ImagePullBackOff", "web-oom-66b8b974b8-22csp.CrashLoopBackOff"]
# What their containers print (failing.yaml); the others print nothing, or never ran.
PRINTED = {"crashloop": "starting\nFATAL: DATABASE_URL is not set\n", "healthy": "up\n"}


class Logs(http.server.BaseHTTPRequestHandler):
    """The part of a kubelet that an API server asks for logs."""

    def do_GET(self):
        text = PRINTED.get(self.path.split("/")[3] if self.path.startswith("/containerLogs/") else "", "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def logs(port, folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Logs)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/log.crt", f"{folder}/log.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


def kubectl(*words, given=None):
    done = subprocess.run(["kubectl", *words], input=given, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(" ".join(words) + ": " + done.stderr)
    return done.stdout


def create(thing, status=None):
    made = json.loads(kubectl("create", "-f", "-", "-o", "json", given=json.dumps(thing)))
    if status:
        made["status"] = status
        kubectl("replace", "--subresource=status", "-f", "-", given=json.dumps(made))
    return made


def bare(meta, *more):
    return {key: value for key, value in meta.items() if key in ("name", "namespace", "labels", "annotations", *more)}


def owned(kind, made):
    return [{"apiVersion": "apps/v1", "kind": kind, "name": made["metadata"]["name"], "uid": made["metadata"]["uid"], "controller": True, "blockOwnerDeletion": True}]


def replica_set(deployment, pod):
    """As the Deployment's controller makes it, in the name that the captured pod says."""
    name = pod["metadata"]["ownerReferences"][0]["name"]
    label = pod["metadata"]["labels"]["pod-template-hash"]
    template = json.loads(json.dumps(deployment["spec"]["template"]))
    template["metadata"]["labels"]["pod-template-hash"] = label
    spec = {"replicas": 1, "template": template, "selector": {"matchLabels": {**deployment["spec"]["selector"]["matchLabels"], "pod-template-hash": label}}}
    meta = {"name": name, "namespace": "demo", "labels": template["metadata"]["labels"], "annotations": {"deployment.kubernetes.io/revision": "1"},
            "ownerReferences": owned("Deployment", deployment)}
    return create({"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": meta, "spec": spec}, {"replicas": 1, "fullyLabeledReplicas": 1, "observedGeneration": 1})


def load(captures, failing, port):
    kubectl("create", "namespace", "demo")
    kubectl("create", "serviceaccount", "default", "-n", "demo")
    pods = [json.load(open(f"{captures}/pods/{state}.json")) for state in STATES]
    for name in {pod["spec"].get("nodeName") for pod in pods} - {None}:
        create({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}},
               {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}, {"type": "Hostname", "address": name}], "conditions": [{"type": "Ready", "status": "True"}],
                "allocatable": {"cpu": "2", "memory": "8Gi", "pods": "110"}, "capacity": {"cpu": "2", "memory": "8Gi", "pods": "110"},
                "daemonEndpoints": {"kubeletEndpoint": {"Port": int(port)}}})
    deployments = {}
    for document in open(failing).read().split("\n---\n"):
        if "kind: Deployment" in document:
            made = create(json.loads(kubectl("create", "--dry-run=client", "-f", "-", "-o", "json", given=document)))
            deployments[made["metadata"]["name"]] = made
    uids = {}
    for pod in pods:
        meta = bare(pod["metadata"])
        owner = pod["metadata"].get("ownerReferences")
        if owner:
            meta["ownerReferences"] = owned("ReplicaSet", replica_set(deployments[owner[0]["name"].rsplit("-", 1)[0]], pod))
        made = create({"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": pod["spec"]}, pod["status"])
        uids[meta["name"]] = made["metadata"]["uid"]
        # It waits since it was captured, and not since it was written here.
        kubectl("patch", "pod", meta["name"], "-n", "demo", "--type=merge", "-p", '{"metadata":{"managedFields":[{}]}}')
    last = {}
    for line in open(f"{captures}/watch-events.jsonl"):
        change = json.loads(line)
        event = change["object"]
        if change["type"] != "DELETED" and event.get("involvedObject", {}).get("name") in uids:
            last[event["metadata"]["name"]] = event
    for event in last.values():
        event["metadata"] = bare(event["metadata"])
        event["involvedObject"]["uid"] = uids[event["involvedObject"]["name"]]
    kubectl("create", "-f", "-", given=json.dumps({"apiVersion": "v1", "kind": "List", "items": list(last.values())}))
    print(f"{len(pods)} pods and {len(last)} events are there", flush=True)


{"logs": logs, "load": load}[sys.argv[1]](*sys.argv[2:])
