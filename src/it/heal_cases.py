"""The failures of src/it/heal_against_script.py: each as it is applied, how it fails, how one sees that it is healthy again, and what the script does about it."""

SMALL, ENOUGH = "32Mi", "132Mi"  # what KubeSent makes of 32Mi
GOOD, BAD = ["sleep", "36000"], ["/srv/shopp"]


def fails(trigger, name):
    """Lives until it is told to fail, and from then on takes 64 MiB at each start."""
    return ["sh", "-c", f"wget -q -O /dev/null {trigger}/{name}; exec memhog 64 4"]


def container(command, memory):
    return {"name": "app", "image": "localhost/app:1.0", "imagePullPolicy": "IfNotPresent", "command": command, "resources": {"limits": {"memory": memory}, "requests": {"cpu": "10m"}}}


def pod_spec(command, memory=SMALL):
    return {"terminationGracePeriodSeconds": 1, "containers": [container(command, memory)]}


def meta(namespace, name):
    return {"name": name, "namespace": namespace, "labels": {"app": name}}


def deployment(namespace, name, command, replicas):
    labels = {"matchLabels": {"app": name}}
    template = {"metadata": {"labels": {"app": name}}, "spec": pod_spec(command)}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta(namespace, name), "spec": {"replicas": replicas, "selector": labels, "template": template}}


def first(pod_or_template):
    return pod_or_template["spec"]["containers"][0]


def limit(thing):
    return first(thing)["resources"]["limits"]["memory"]


def ready(pod):
    conditions = {c["type"]: c["status"] for c in pod.get("status", {}).get("conditions", [])}
    return "deletionTimestamp" not in pod["metadata"] and conditions.get("Ready") == "True"


def rolled_out(deployment, template_is):
    """As `kubectl rollout status` has it."""
    spec, status = deployment["spec"], deployment.get("status", {})
    counts = [status.get(f, 0) for f in ("updatedReplicas", "availableReplicas", "replicas")]
    return template_is(spec["template"]) and status.get("observedGeneration") == deployment["metadata"]["generation"] and counts == [spec["replicas"]] * 3


class Case:
    """@param act of by-hand.sh @param failure by which it knows it"""

    def __init__(self, title, act, failure, grace=0):
        self.title, self.act, self.failure, self.grace = title, act, failure, grace


class DeploymentOom(Case):
    def __init__(self):
        super().__init__("a Deployment's OOM", "patch", '"reason":"OOMKilled"')

    def objects(self, namespace, name, trigger):
        yield "/apis/apps/v1/namespaces/%s/deployments" % namespace, deployment(namespace, name, fails(trigger, name), 1)

    def settled(self, cluster, namespace, name):
        return any(rolled_out(d, lambda _: True) for d in cluster.live("deployment", namespace, name))

    def fail(self, cluster, trigger, namespace, name):
        trigger.go(name)

    def by_hand(self, namespace, name, trigger):
        return {"spec": {"template": {"spec": {"containers": [{"name": "app", "resources": {"limits": {"memory": ENOUGH}}}]}}}}

    def is_cured(self, template_or_pod):
        return limit(template_or_pod) != SMALL

    def healthy(self, cluster, namespace, name):
        return any(rolled_out(d, self.is_cured) for d in cluster.live("deployment", namespace, name))


class PodOom(Case):
    def __init__(self):
        super().__init__("a bare pod's OOM", "replace", '"reason":"OOMKilled"')

    def objects(self, namespace, name, trigger):
        yield f"/api/v1/namespaces/{namespace}/pods", self.pod(namespace, name, trigger, SMALL)

    def pod(self, namespace, name, trigger, memory):
        return {"apiVersion": "v1", "kind": "Pod", "metadata": meta(namespace, name), "spec": pod_spec(fails(trigger, name), memory)}

    def settled(self, cluster, namespace, name):
        return any(ready(p) for p in cluster.live("pod", namespace, name))

    def fail(self, cluster, trigger, namespace, name):
        trigger.go(name)

    def by_hand(self, namespace, name, trigger):
        return self.pod(namespace, name, trigger, ENOUGH)

    def is_cured(self, pod):
        return limit(pod) != SMALL

    def healthy(self, cluster, namespace, name):
        """Also what was resized: then the kubelet has to say that it runs so."""
        return any(ready(p) and self.is_cured(p) and in_force(p) == limit(p) for p in cluster.live("pod", namespace, name))


def in_force(pod):
    return pod["status"]["containerStatuses"][0].get("resources", {}).get("limits", {}).get("memory")


class Release(Case):
    """A release whose command is not in its image, so that its container ends in its start; two pods of the one before it live on."""

    def __init__(self):
        super().__init__("a release that breaks", "patch", '"exitCode":12[78]', grace=120)

    def objects(self, namespace, name, trigger):
        yield "/apis/apps/v1/namespaces/%s/deployments" % namespace, deployment(namespace, name, GOOD, 2)

    def settled(self, cluster, namespace, name):
        return any(rolled_out(d, lambda _: True) for d in cluster.live("deployment", namespace, name))

    def fail(self, cluster, trigger, namespace, name):
        path = f"/apis/apps/v1/namespaces/{namespace}/deployments/{name}?fieldManager=kubectl-patch"
        cluster.api.call("PATCH", path, self.command(BAD), kind="application/strategic-merge-patch+json")

    def command(self, command):
        return {"spec": {"template": {"spec": {"containers": [{"name": "app", "command": command}]}}}}

    def by_hand(self, namespace, name, trigger):
        return self.command(GOOD)

    def is_cured(self, template):
        return first(template)["command"] == GOOD

    def healthy(self, cluster, namespace, name):
        return any(d["metadata"]["generation"] > 2 and rolled_out(d, self.is_cured) for d in cluster.live("deployment", namespace, name))


CASES = {"deployment": DeploymentOom(), "pod": PodOom(), "release": Release()}
