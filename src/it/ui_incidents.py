"""Incidents as KubeSent writes them, and one as an attacker would: for src/it/ui.py."""

import datetime
import json
import subprocess

KUBESENT = ["--as=system:serviceaccount:kubesent:kubesent", "--as-group=system:masters"]
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)

HOSTILE = (
    "LOG: <img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script></textarea><svg onload=window.pwned=1> {{7*7}} javascript:alert(1) "
    "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u202egnp.exe\u202c \u2066\u200b\u0000 "
)


def ago(**time):
    return (NOW - datetime.timedelta(**time)).strftime("%Y-%m-%dT%H:%M:%SZ")


def kubectl(*arguments, given=None):
    return subprocess.run(["kubectl", *arguments], input=given, text=True, check=True, capture_output=True).stdout


def write(namespace, name, workload, failure, status):
    kind, owner = workload.split("/")
    incident = {
        "apiVersion": "kubesent.dev/v1alpha1", "kind": "Incident", "metadata": {"namespace": namespace, "name": name},
        "spec": {"ownerKind": kind, "ownerName": owner, "revision": "5d8d48cb9f", "container": "app", "failure": failure},
    }
    kubectl("create", "-f", "-", *KUBESENT, given=json.dumps(incident))
    state(namespace, name, {"workload": workload, **status})


def state(namespace, name, status):
    kubectl("patch", "incident", name, "-n", namespace, "--subresource=status", "--type=merge", "--patch-file=/dev/stdin", *KUBESENT, given=json.dumps({"status": status}))


def seen(at, pod):
    return {"first": at, "since": at, "last": at, "times": 1, "pod": pod, "restarts": 3}


def diagnosis(cause, why, evidence, action="None", confidence=95):
    return {"cause": cause, "confidence": confidence, "explanation": why, "rule": "lab", "action": action, "place": "WORKLOAD",
            "page": "docs/causes.md#" + cause.lower(), "evidence": evidence, "missing": [], "drillDown": []}


def oom(phase, workload, at, reasons=()):
    name = workload.split("/")[1]
    return {
        "phase": phase, "seen": seen(at, name + "-5d8d48cb9f-x7k2p"),
        "diagnosis": diagnosis(
            "MEMORY_LIMIT_TOO_LOW", "The container used all of its memory limit and the kernel killed it.",
            ["STATUS: container app terminated: reason OOMKilled, exit code 137", "SPEC: resources.limits.memory: 32Mi", "NODE: lab: no memory pressure"],
            "RaiseMemory"),
        "verdict": {"decision": phase, "reasons": list(reasons), "fingerprint": "ab" * 32, "at": at, "since": at,
                    "change": f"{workload} in demo\n- containers[app].resources.limits.memory: 32Mi\n+ containers[app].resources.limits.memory: 132Mi",
                    "patch": "spec:\n  template:\n    spec:\n      containers:\n      - name: app\n        resources:\n          limits:\n            memory: 132Mi\n"},
    }


def told(at, *sentences):
    start = datetime.datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ")
    steps = [0, 1, 1, 4, 64, 90]
    return [(start + datetime.timedelta(seconds=steps[i])).strftime("%Y-%m-%dT%H:%M:%SZ") + " " + text for i, text in enumerate(sentences)]


HEAL = [
    "saw OOMKilled in container app of pod web-oom-5d8d48cb9f-x7k2p, restarts: 3",
    "diagnosed MEMORY_LIMIT_TOO_LOW (confidence 95): The container used all of its memory limit and the kernel killed it.",
    "approved; about to raise the memory limit of container app from 32Mi to 132Mi by TemplatePatch of Deployment/web-oom",
    "applied: Deployment/web-oom has a memory limit of 132Mi now",
    "it survives: 2 of 2 pods have been running and ready for 60 s",
]


def act(at):
    return {"deed": "RAISE", "from": "32Mi", "to": "132Mi", "at": at, "template": ""}


def write_all():
    at = ago(minutes=12)
    write("demo", "web-oom-app-oomkilled-51725a51", "Deployment/web-oom", "OOMKilled", {
        **oom("Healed", "Deployment/web-oom", at), "story": told(at, *HEAL), "acts": [act(at)],
        "outcome": {"detail": HEAL[4], "verification": "", "at": ago(minutes=10)}})
    at = ago(minutes=2)
    write("demo", "cart-app-oomkilled-aa01", "Deployment/cart", "OOMKilled", {
        **oom("Proposed", "Deployment/cart", at, ["SUGGEST_ONLY: Deployment/cart says kubesent.dev/mode: suggest"]),
        "story": told(at, *HEAL[:2], "proposed only: SUGGEST_ONLY: Deployment/cart says kubesent.dev/mode: suggest")})
    write("demo", "search-app-oomkilled-aa02", "StatefulSet/search", "OOMKilled", {
        **oom("Proposed", "StatefulSet/search", at, ["SUGGEST_ONLY: StatefulSet/search says kubesent.dev/mode: suggest"]),
        "story": told(at, *HEAL[:2], "proposed only: SUGGEST_ONLY: StatefulSet/search says kubesent.dev/mode: suggest")})
    at = ago(seconds=20)
    write("shop", "live-app-oomkilled-aa03", "Deployment/live", "OOMKilled", {
        **oom("Diagnosed", "Deployment/live", at), "verdict": None, "story": told(at, *HEAL[:2])})
    at = ago(minutes=40)
    write("shop", "evil-app-crashloopbackoff-aa04", "Deployment/evil", "CrashLoopBackOff", {
        "phase": "NoAutomaticFix", "seen": seen(at, "evil-0"),
        "diagnosis": diagnosis("EXITS_WITH_ERROR", HOSTILE, [HOSTILE + "A" * (1 << 20)], confidence=80),
        "verdict": {"decision": "NoAutomaticFix", "reasons": ["NOTHING_TO_DO: " + HOSTILE], "fingerprint": "", "at": at, "change": HOSTILE, "patch": HOSTILE},
        "story": told(at, "saw " + HOSTILE, "diagnosed " + HOSTILE, "no automatic fix: " + HOSTILE)})
    causes = [("IMAGE_NOT_FOUND", "ImagePullBackOff"), ("SETTING_MISSING", "CrashLoopBackOff"), ("COMMAND_NOT_FOUND", "CrashLoopBackOff"),
              ("KILLED_BY_PROBE", "CrashLoopBackOff"), ("MEMORY_LIMIT_TOO_LOW", "OOMKilled")]
    phases = ["Healed", "NoAutomaticFix", "Healed", "Closed", "Failed", "Healed", "Refused", "Superseded"]
    for i in range(24):
        cause, failure = causes[i % len(causes)]
        at = ago(days=i * 7 // 24 + 1, hours=i % 5)
        write("shop" if i % 3 else "demo", f"past-{i:02}", f"Deployment/svc-{i:02}", failure, {
            "phase": phases[i % len(phases)], "seen": seen(at, f"svc-{i:02}-x"), "diagnosis": diagnosis(cause, "As in the lab.", ["STATUS: lab"]), "story": told(at, HEAL[0])})
