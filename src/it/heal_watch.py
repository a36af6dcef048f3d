"""What src/it/heal_against_script.py sees of the cluster, each with its time: what the API server tells a watch, and what containerd tells of its containers."""

import calendar
import collections
import http.client
import http.server
import json
import re
import ssl
import subprocess
import threading
import time
import urllib.parse

Seen = collections.namedtuple("Seen", "at kind object")  # kind: ADDED, MODIFIED, DELETED


class Api:
    """One connection a thread, with the admin's certificate."""

    def __init__(self, url, pki):
        self.url, self.tls = urllib.parse.urlsplit(url), ssl.create_default_context(cafile=f"{pki}/ca")
        self.tls.load_cert_chain(f"{pki}/crt", f"{pki}/key")

    def connection(self):
        return http.client.HTTPSConnection(self.url.hostname, self.url.port, context=self.tls)

    def call(self, method, path, body=None, kind="application/json", missing=False):
        connection = self.connection()
        try:
            connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": kind})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status == 404 and missing:
                return None
            if answer.status >= 300:
                raise SystemExit(f"{method} {path}: {answer.status} {text[:500]}")
            return json.loads(text)
        finally:
            connection.close()


class Cluster:
    """Everything that was told since the start, and the live objects."""

    KINDS = {
        "pod": "/api/v1/pods",
        "deployment": "/apis/apps/v1/deployments",
        "replicaset": "/apis/apps/v1/replicasets",
        "incident": "/apis/kubesent.dev/v1alpha1/incidents",
    }

    def __init__(self, api, containerd):
        self.api, self.told, self.changed = api, collections.defaultdict(list), threading.Condition()
        self.started, self.ended = {}, {}  # of containers, by id
        for kind, path in self.KINDS.items():
            threading.Thread(target=self.watch, args=(kind, path), daemon=True).start()
        threading.Thread(target=self.containers, args=(containerd,), daemon=True).start()

    def watch(self, kind, path):
        version = ""
        while True:
            connection = self.api.connection()
            connection.request("GET", f"{path}?watch=1&allowWatchBookmarks=true&timeoutSeconds=3600&resourceVersion={version}")
            answer = connection.getresponse()
            while line := answer.readline():
                at, told = time.time(), json.loads(line)
                if told["type"] == "ERROR":
                    raise SystemExit(f"the watch of {kind}: {told['object']}")
                version = told["object"]["metadata"]["resourceVersion"]
                if told["type"] == "BOOKMARK":
                    continue
                with self.changed:
                    self.told[kind].append(Seen(at, told["type"], told["object"]))
                    self.changed.notify_all()

    def containers(self, address):
        events = subprocess.Popen(["ctr", "-a", address, "-n", "k8s.io", "events"], stdout=subprocess.PIPE, text=True)
        for line in events.stdout:
            found = re.match(r"(\S+) (\d\d:\d\d:\d\d)\.(\d+) .*? (/tasks/(?:start|exit)) (.*)", line)
            if found:
                day, clock, part, topic, body = found.groups()
                at = calendar.timegm(time.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M:%S")) + float("0." + part)
                body = json.loads(body)
                if topic == "/tasks/start":
                    self.started.setdefault(body["container_id"], at)
                elif body.get("id") == body["container_id"]:  # not of a process within
                    self.ended.setdefault(body["container_id"], at)

    def of(self, kind, namespace, begins):
        """All that was told of these, oldest first."""
        with self.changed:
            return [seen for seen in self.told[kind] if is_of(seen.object, namespace, begins)]

    def live(self, kind, namespace, begins):
        """The newest of each that is there."""
        newest = {seen.object["metadata"]["uid"]: seen for seen in self.of(kind, namespace, begins)}
        return [seen.object for seen in newest.values() if seen.kind != "DELETED"]

    def until(self, what, patience, holds):
        """Waits for something to be told by which this holds. @return when it did"""
        end = time.time() + patience
        with self.changed:
            while not holds():
                if time.time() > end:
                    raise TimeoutError(what)
                self.changed.wait(min(1, max(0, end - time.time())))
            return time.time()


def is_of(thing, namespace, begins):
    meta = thing["metadata"]
    return meta["namespace"] == namespace and (meta["name"] == begins or meta["name"].startswith(begins + "-"))


class Trigger:
    """Where the workloads wait: GET /NAME is answered once go(NAME) was called. So a container can have lived for long, and fail when it is told to."""

    def __init__(self, host):
        self.gone = collections.defaultdict(threading.Event)
        trigger = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                trigger.gone[self.path[1:]].wait()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        http.server.ThreadingHTTPServer.request_queue_size = 128
        self.server = http.server.ThreadingHTTPServer((host, 0), Answer)
        self.server.daemon_threads = True
        self.url = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def go(self, name):
        self.gone[name].set()
