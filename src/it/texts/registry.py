#!/usr/bin/env python3
"""registry.py PORT [CERT KEY]: a registry of images that cannot be had, each in another way (images.yaml). With a certificate it speaks TLS."""
import gzip, hashlib, http.server, io, json, socketserver, ssl, sys, tarfile

DOCKER = "application/vnd.docker.distribution.manifest.v2+json"
OCI = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
sha = lambda data: "sha256:" + hashlib.sha256(data).hexdigest()
blobs, manifests = {}, {}


def keep(data, served=None):
    blobs[sha(data)] = data if served is None else served
    return {"digest": sha(data), "size": len(data)}


def layer(name):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    return out.getvalue()


def image(name, plain, packed, served=None, missing=False, arch="amd64", diff=None):
    config = json.dumps({"architecture": arch, "os": "linux", "config": {"Cmd": ["sh"]}, "rootfs": {"type": "layers", "diff_ids": [diff or sha(plain)]}}).encode()
    part = keep(packed, served)
    if missing:
        del blobs[part["digest"]]
    body = json.dumps({"schemaVersion": 2, "mediaType": DOCKER,
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", **keep(config)},
        "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", **part}]}).encode()
    manifests[name] = manifests[sha(body)] = (DOCKER, body)
    return sha(body), len(body)


packed = lambda name: gzip.compress(layer(name))
image("team/layer-missing", layer("a"), packed("a"), missing=True)
image("team/layer-other", layer("b"), packed("b"), served=b"\0" * len(packed("b")))
image("team/layer-no-archive", b"no archive " * 100, gzip.compress(b"no archive " * 100))
image("team/wrong-diff-id", layer("c"), packed("c"), diff=sha(b"another"))
digest, size = image("team/arm-only", layer("d"), packed("d"), arch="arm64")
manifests["team/arm"] = (INDEX, json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [
    {"mediaType": DOCKER, "digest": digest, "size": size, "platform": {"architecture": "arm64", "os": "linux"}}]}).encode())
chart = gzip.compress(layer("chart/Chart.yaml"))
manifests["team/chart"] = (OCI, json.dumps({"schemaVersion": 2, "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", **keep(b'{"name":"chart","version":"1.0.0"}')},
    "layers": [{"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", **keep(chart)}]}).encode())


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"{}", kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def do_GET(self):
        path = self.path.split("?")[0]
        if "/private/" in path:
            return self.answer(401, b'{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}', WWW_Authenticate='Basic realm="lab"')
        if "/forbidden/" in path:
            return self.answer(403, b'{"errors":[{"code":"DENIED","message":"access denied"}]}')
        if "/hangup/" in path:
            self.close_connection = True
            return self.connection.close()
        name, _, reference = path.removeprefix("/v2/").partition("/manifests/")
        if reference:
            kind, body = manifests.get(reference) or manifests.get(name) or (None, b"")
            return self.answer(200, body, kind, Docker_Content_Digest=sha(body)) if kind else self.answer(404)
        body = blobs.get(path.rsplit("/", 1)[-1])
        return self.answer(200, body, "application/octet-stream") if body is not None else self.answer(404)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True


server = Server(("127.0.0.1", int(sys.argv[1])), Answers)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
