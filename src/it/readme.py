"""README's blocks, line by line. Started by readme.sh, and ends with the first line that is unknown or does not do what README says."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, os.path.dirname(__file__))
import ui_heals as cluster  # noqa: E402

RUN, KUBESENT, PORT = os.environ["RUN"], shlex.split(os.environ["KUBESENT"]), int(os.environ["APIPORT"]) + 1
running = []


def run(words, expect="", codes=(0,)):
    done = subprocess.run(words, capture_output=True, text=True, cwd=os.getcwd())
    if done.returncode not in codes or expect not in done.stdout + done.stderr:
        raise SystemExit(f"FAILED ({done.returncode}): {words}\n{done.stdout}{done.stderr}")
    return done.stdout


def kubesent(*words, **more):
    return run([*KUBESENT, *words], **more)


def as_it_stands(line):
    run(["bash", "-c", line])


def maven(line):
    if not os.environ.get("MAVEN"):
        return "not run: MAVEN=1 runs it"
    run(["bash", "-c", line + (" -Dspring-boot.run.arguments=--exit" if "spring-boot:run" in line else "")])


def elsewhere(why):
    return lambda line: "not here: " + why


def scan(line):
    kubesent("scan", "-A", expect="pods looked at")


def explain(line):
    pod = json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-1"}, "spec": {"containers": [{"name": "app", "image": "web:1"}]},
                      "status": {"phase": "Running", "containerStatuses": [{"name": "app", "restartCount": 4, "ready": False, "image": "web:1", "imageID": "",
                                 "state": {"waiting": {"reason": "CrashLoopBackOff"}}, "lastState": {"terminated": {"exitCode": 1, "reason": "Error"}}}]}})
    for name, text in [("pod.yaml", pod), ("previous.log", "FATAL: DATABASE_URL is not set\n")]:
        open(f"{RUN}/{name}", "w").write(text)
    kubesent("explain", f"{RUN}/pod.yaml", f"{RUN}/previous.log", expect="SETTING_MISSING")


def kustomize(line):
    if not shutil.which("kustomize"):
        return "not here: no kustomize on this machine"
    shutil.copytree("knative", f"{RUN}/copy/knative")
    run(["bash", "-c", f"cd {RUN}/copy && {line}"])


def incident():
    """KubeSent with its own account's token and a sweep: what README's cluster has by now."""
    shutil.copy(os.environ["KUBECONFIG"], f"{RUN}/kubesent")
    token = run(["kubectl", "create", "token", "kubesent", "-n", "kubesent"]).strip()
    for words in (["set-credentials", "kubesent", "--token=" + token], ["set-context", "--current", "--user=kubesent"]):
        run(["kubectl", "--kubeconfig", f"{RUN}/kubesent", "config", *words])
    uids = {}
    run(["kubectl", "create", "serviceaccount", "default", "-n", "demo"])
    for document in open(f"{cluster.SCENARIO}/objects.yaml").read().replace("approved-suggestion", "demo").split("\n---\n"):
        thing = json.loads(cluster.kubectl("create", "--dry-run=client", "-f", "-", "-o", "json", given=document))
        if thing["kind"] != "Namespace":
            cluster.written(thing, uids)
    pod = json.loads(open(f"{cluster.SCENARIO}/event.http").read().replace("\r\n", "\n").split("\n\n", 1)[1])
    pod["metadata"]["namespace"] = "demo"
    cluster.written(pod, uids)
    run(["kubectl", "create", "deployment", "web", "-n", "demo", "--image=web:1"])
    more = {"KUBECONFIG": f"{RUN}/kubesent", "KUBESENT_CLUSTER": "kubeconfig", "KUBESENT_MODE": "suggest", "SERVER_PORT": str(PORT)}
    running.append(subprocess.Popen(KUBESENT, env={**os.environ, **more}, stdout=open(f"{RUN}/kubesent.log", "w"), stderr=subprocess.STDOUT))
    cluster.until(swept, "the proposal", 120)
    return cluster.incident()["metadata"]["name"]


def swept():
    try:
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}/sweep", data=b"{}", headers={"Content-Type": "application/json"}), timeout=10)
    except OSError:
        pass
    time.sleep(1)
    return cluster.incident().get("status", {}).get("phase") == "Proposed"


NAME = []


def named(*words, **more):
    def by_name(line):
        if not NAME:
            NAME.append(incident())
        kubesent(*[NAME[0] if word == "NAME" else word for word in words], **more)
    return by_name


def page(line):
    served = subprocess.Popen([*KUBESENT, "ui"], stdout=subprocess.PIPE, text=True)
    address = served.stdout.readline()
    served.terminate()
    assert re.search(r"http://127\.0\.0\.1:\d+/#token=", address), address


KNOWN = [
    (r"\./mvnw verify", elsewhere(".ci/run does it")),
    (r"\./mvnw -q -Pimage .*", elsewhere("the tests of the image build one")),
    (r"\./mvnw .*", maven),
    (r"java -jar target/kubesent\.jar scan -A", scan),
    (r"java -jar target/kubesent\.jar explain pod\.yaml previous\.log", explain),
    (r"kind load .*", elsewhere("no kind, and no node")),
    (r"\(for d in .*kustomize edit set image.*", kustomize),
    (r"kubectl (apply|create|label) .*", as_it_stands),
    (r"alias kubesent=.*", elsewhere("KUBESENT stands for it")),
    (r"kubesent ui", page),
    (r"kubesent incidents -A", named("incidents", "-A", expect="Deployment/web-oom")),
    (r"kubesent incidents NAME -n demo", named("incidents", "NAME", "-n", "demo", expect="MEMORY_LIMIT_TOO_LOW")),
    (r"kubesent approve NAME -n demo", named("approve", "NAME", "-n", "demo")),
    (r"kubesent mute deployment/web -n demo --until 2h", named("mute", "deployment/web", "-n", "demo", "--until", "2h", expect="Muted")),
    (r"kubesent pause", named("pause")),
]


def commands():
    """Of every block that has commands; the first is a story."""
    for block in re.findall(r"^```\n(.*?)^```", open("README.md").read(), re.M | re.S)[1:]:
        for line in block.splitlines():
            line = re.sub(r"\s+# .*", "", line).strip()
            if line and not line.startswith("#"):
                yield line


def main():
    try:
        for line in commands():
            does = next((does for pattern, does in KNOWN if re.fullmatch(pattern, line)), None)
            if not does:
                raise SystemExit(f"README has a command that readme.py does not know: {line}")
            print(f"{does(line) or 'ran':28} {line}", flush=True)
    finally:
        for each in running:
            each.terminate()


main()
