"""The two halves of src/it/ui-heals.sh: a Deployment whose pod is OOM-killed, and alice, who approves in the page."""

import json
import os
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from webdriver import Browser, until  # noqa: E402

RUN, SCENARIO = os.environ["RUN"], "src/test/resources/scenarios/approved-suggestion"
NAMESPACE = os.environ.get("NAMESPACE", "approved-suggestion")


def kubectl(*words, given=None):
    done = subprocess.run(["kubectl", *words], input=given, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(" ".join(words) + ": " + done.stderr)
    return done.stdout


def get(*words):
    return json.loads(kubectl("get", *words, "-n", NAMESPACE, "-o", "json"))


def written(thing, uids):
    """With the uids that the API server gave to its owners; and its status, which only a second request can write."""
    meta, status = thing["metadata"], thing.get("status")
    old = meta.get("uid")
    for field in ("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"):
        meta.pop(field, None)
    for owner in meta.get("ownerReferences", []):
        owner["uid"] = uids[owner["uid"]]
    made = json.loads(kubectl("create", "-f", "-", "-o", "json", given=json.dumps(thing)))
    uids[old] = made["metadata"]["uid"]
    if status and thing["kind"] != "Namespace":
        made["status"] = status
        kubectl("replace", "--subresource=status", "-f", "-", given=json.dumps(made))


def prepare():
    uids = {}
    for document in open(f"{SCENARIO}/objects.yaml").read().split("\n---\n"):
        thing = json.loads(kubectl("create", "--dry-run=client", "-f", "-", "-o", "json", given=document))
        written(thing, uids)
        if thing["kind"] == "Namespace":
            kubectl("create", "serviceaccount", "default", "-n", NAMESPACE)
    pod = json.loads(open(f"{SCENARIO}/event.http").read().replace("\r\n", "\n").split("\n\n", 1)[1])
    pod["metadata"]["namespace"] = NAMESPACE
    written(pod, uids)
    kubectl("create", "rolebinding", "kubesent-healer", "-n", NAMESPACE, "--clusterrole=kubesent-healer", "--serviceaccount=kubesent:kubesent")
    kubectl("create", "rolebinding", "alice", "-n", NAMESPACE, "--clusterrole=kubesent-approver", "--serviceaccount=people:alice")


def limit():
    return get("deployment", "web-oom")["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"]


def incident():
    items = get("incidents")["items"]
    return items[0] if items else {}


def said(what):
    print("ok:", what, flush=True)


def approve():
    until(lambda: incident().get("status", {}).get("phase") == "Proposed", "the proposal", 90)
    name, before = incident()["metadata"]["name"], limit()
    said(f"KubeSent runs and proposed a change: {name}; the limit is {before}")
    served = subprocess.Popen(
        shlex.split(os.environ["KUBESENT"]) + ["ui", "-n", NAMESPACE], env={**os.environ, "KUBECONFIG": f"{RUN}/alice"}, stdout=subprocess.PIPE, text=True
    )
    browser = Browser(int(os.environ.get("DRIVERPORT", "9517")))
    try:
        browser.open(served.stdout.readline().split()[-1])
        until(lambda: "Deployment/web-oom" in browser.text(), "the list", 60)
        browser.run(f"location.hash = '#/i/{NAMESPACE}/{name}'")
        until(lambda: "The story" in browser.text() and name in browser.text(), "the story")
        browser.click("#approve")
        browser.click("#sure")
        until(lambda: "You approved it" in browser.text(), "the yes")
        said("alice approved in the page")
        until(lambda: limit() != before, "the change", 90)
        until(lambda: "Verifying" in browser.text(), "the page to show it", 60)
        said(f"the KubeSent that runs made the change: the limit is {limit()}, and the page shows Verifying")
    finally:
        browser.close()
        served.terminate()
    for line in incident()["status"]["story"]:
        print("   ", line)


if __name__ == "__main__":
    prepare() if sys.argv[1] == "prepare" else approve()
