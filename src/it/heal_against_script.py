"""Rounds of src/it/heal-against-script.sh: the same failure healed by a script that knows the answer (by-hand.sh) and by KubeSent, in turns.

awake: KubeSent runs beside the node, at ADDRESS, and a source feeds it. asleep: it is a Knative Service, and each of its rounds begins when no pod of it is left.
Writes what it measured to WORK/rounds.json; heal_table.py prints it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(__file__))
import heal_table  # noqa: E402
from heal_cases import CASES  # noqa: E402
from heal_marks import marks  # noqa: E402
from heal_watch import Api, Cluster, Trigger  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT, KUBESENT = "script", "KubeSent"
NAMESPACES = {SCRIPT: "by-hand", KUBESENT: "demo"}


class Run:
    def __init__(self, shape):
        self.shape, self.work, self.pki = shape, os.environ["WORK"], os.environ["PKI"]
        self.api = Api(os.environ["API"], self.pki)
        self.cluster, self.trigger = Cluster(self.api, os.environ["CONTAINERD"]), Trigger(os.environ["HOST"])
        self.rounds = []

    def say(self, text):
        print(time.strftime("%T", time.gmtime()), text, flush=True)

    def names(self, case, count):
        """Round 0 is not counted: what runs for the first time runs slowly, in both."""
        return [(by, number, f"{case}-{by[0].lower()}{number}") for number in range(count) for by in ((SCRIPT, KUBESENT), (KUBESENT, SCRIPT))[number % 2]]

    def apply(self, case, names):
        for by, _, name in names:
            for path, thing in CASES[case].objects(NAMESPACES[by], name, self.trigger.url):
                self.api.call("POST", path + "?fieldManager=kubectl-create", thing)
        for by, _, name in names:
            self.cluster.until(f"{name} lives", 120, lambda by=by, name=name: CASES[case].settled(self.cluster, NAMESPACES[by], name))

    def one(self, case, by, number, name):
        kind, namespace = CASES[case], NAMESPACES[by]
        if by == KUBESENT:
            self.be_quiet()
        script = self.script(kind, name) if by == SCRIPT else None
        self.wait_for_the_beat(number)
        before, begun = self.stages(), time.time()
        kind.fail(self.cluster, self.trigger, namespace, name)
        try:
            healthy = self.cluster.until(f"{name} is healthy", 2 * kind.grace + 60, lambda: kind.healthy(self.cluster, namespace, name))
        except TimeoutError as e:
            self.say(f"NEVER: {e}")
            healthy = None
        after = self.stages()
        if script:
            os.killpg(script.pid, signal.SIGTERM)
            script.wait()
        elif healthy:
            self.cluster.until(f"{name} is written down", 30, lambda: any(i["status"].get("phase") == "Verifying" for i in self.incidents(name)))
        told = marks(self.cluster, kind, namespace, name, begun, healthy, self.sent())
        told["stages"] = {stage: after[stage] - before.get(stage, 0) for stage in after} if by == KUBESENT and not kind.grace else {}
        told["stories"] = [i["status"].get("story", []) for i in self.incidents(name)]
        self.rounds.append({"case": case, "by": by, "round": number, "load": os.getloadavg()[0], **told})
        end = told["marks"]["the container has ended"]
        self.say(f"{case} {number} by {by}: " + (f"healthy after {healthy - end:.2f} s" if healthy else "not healthy") + f", load {os.getloadavg()[0]:.1f}")
        self.clear(namespace, name)

    def wait_for_the_beat(self, number):
        """The kubelet looks at its containers once a second. Both of a round begin at the same part of a second, and the rounds at parts that lie evenly in it."""
        part = number * 0.618 % 1
        time.sleep(1 + (part - time.time()) % 1)

    def incidents(self, name):
        return [i for i in self.cluster.live("incident", NAMESPACES[KUBESENT], name) if "status" in i]

    def script(self, kind, name):
        given = f"{self.work}/{name}.json"
        with open(given, "w") as out:
            json.dump(kind.by_hand(NAMESPACES[SCRIPT], name, self.trigger.url), out)
        return subprocess.Popen([f"{HERE}/by-hand.sh", kind.act, kind.failure, NAMESPACES[SCRIPT], name, given], start_new_session=True)

    def clear(self, namespace, name):
        for path in (f"/apis/apps/v1/namespaces/{namespace}/deployments/{name}", f"/api/v1/namespaces/{namespace}/pods/{name}"):
            self.api.call("DELETE", path, missing=True)
        self.cluster.until(f"{name} is gone", 90, lambda: not self.cluster.live("pod", namespace, name))
        time.sleep(2)

    # KubeSent's side

    def functions(self):
        return [p for p in self.cluster.live("pod", "kubesent", "kubesent") if "serving.knative.dev/service" in p["metadata"]["labels"]]

    def be_quiet(self):
        if self.shape == "asleep":
            self.cluster.until("it sleeps", 400, lambda: not self.functions())

    def addresses(self):
        if self.shape == "awake":
            return [os.environ["ADDRESS"]]
        return [f"http://{p['status']['podIP']}:8080" for p in self.functions() if p["status"].get("podIP")]

    def stages(self):
        """Seconds that each stage took, all in all."""
        took = {}
        for address in self.addresses():
            try:
                text = urllib.request.urlopen(f"{address}/actuator/prometheus", timeout=20).read().decode()
            except OSError:
                continue
            for stage, seconds in re.findall(r'^kubesent_stage_seconds_sum\{.*stage="(\w+)".*\} (\S+)', text, re.M):
                took[stage] = took.get(stage, 0) + float(seconds)
        return took

    def sent(self):
        """What the source has sent: [(time, namespace/pod)]; Knative's own tells nothing of that."""
        if self.shape == "asleep":
            return []
        today = time.time() // 86400 * 86400
        with open(os.environ["SOURCE_LOG"]) as log:
            words = [line.split() for line in log]
        return [(today + sum(float(part) * of for part, of in zip(w[0].split(":"), (3600, 60, 1))), w[2]) for w in words]

    def all(self, cases, count):
        names = {case: self.names(case, count) for case in cases}
        for case in cases:
            self.apply(case, names[case])
        self.say(f"{sum(len(n) for n in names.values())} workloads live; a minute goes by")
        time.sleep(65)
        for case in cases:
            together = CASES[case].grace and self.shape == "awake"
            (self.together if together else self.in_turns)(case, names[case])

    def in_turns(self, case, names):
        for by, number, name in names:
            self.one(case, by, number, name)
            with open(f"{self.work}/rounds.json", "w") as out:
                json.dump({"shape": self.shape, "rounds": self.rounds}, out)

    def together(self, case, names):
        """What waits for two minutes: the rounds of KubeSent begin one after the other, and wait side by side."""
        self.in_turns(case, [round_ for round_ in names if round_[0] == SCRIPT])
        waiting = []
        for round_ in (round_ for round_ in names if round_[0] == KUBESENT):
            waiting.append(threading.Thread(target=self.in_turns, args=(case, [round_])))
            waiting[-1].start()
            time.sleep(7)
        for one in waiting:
            one.join()


if __name__ == "__main__":
    run = Run(sys.argv[1])
    run.all(os.environ.get("CASES", "deployment pod release").split(), int(os.environ.get("ROUNDS", "6")))
    heal_table.main(f"{run.work}/rounds.json")
