"""What happened between a container's end and healthy, each with its time: from what was told to watches, from containerd, and from the source's log."""


def marks(cluster, case, namespace, name, begun, healthy, sent):
    """@return {"marks": {what: time}}; what was not seen is not in it"""
    pods = [seen for seen in cluster.of("pod", namespace, name) if seen.at >= begun]
    told = first(pods, lambda seen: failed(seen.object))
    ended = min((cluster.ended[c] for c in ended_containers(told.object) if c in cluster.ended), default=None) if told else None
    all_marks = {"the container has ended": ended or (told.at if told else begun), "the API server tells it": told and told.at}
    all_marks["the source has the event"] = min((at for at, pod in sent if told and at >= told.at - 0.02 and pod == f"{namespace}/{told.object['metadata']['name']}"), default=None)
    all_marks |= woken(cluster, begun) | written(cluster, namespace, name, begun)
    all_marks |= changed(cluster, case, namespace, name, begun)
    all_marks["healthy"] = healthy
    grace = None
    if told and told.object["status"].get("startTime") and case.grace:
        grace = seconds(told.object["status"]["startTime"]) + case.grace - all_marks["the container has ended"]
    return {"marks": {what: at for what, at in all_marks.items() if at}, "grace": grace}


def first(seen, holds):
    return next((one for one in seen if holds(one)), None)


def at(seen, holds):
    found = first(seen, holds)
    return found and found.at


def statuses(pod):
    return pod.get("status", {}).get("containerStatuses", [])


def ended_containers(pod):
    for status in statuses(pod):
        for state in (status["state"], status["lastState"]):
            if "terminated" in state:
                yield state["terminated"].get("containerID", "").removeprefix("containerd://")


def failed(pod):
    return any(state["terminated"].get("exitCode") for status in statuses(pod) for state in (status["state"], status["lastState"]) if "terminated" in state)


def woken(cluster, begun):
    """Where KubeSent is a Knative Service: its own pod."""
    own = [s for s in cluster.of("pod", "kubesent", "kubesent") if s.at >= begun and "serving.knative.dev/service" in s.object["metadata"]["labels"]]
    if not own:
        return {}
    uid = own[0].object["metadata"]["uid"]
    own = [s for s in own if s.object["metadata"]["uid"] == uid]
    ids = [s["containerID"].removeprefix("containerd://") for o in own for s in statuses(o.object) if s["name"] == "user-container" and "containerID" in s]
    return {
        "KubeSent's pod is made": own[0].at,
        "KubeSent's process starts": cluster.started.get(ids[0]) if ids else None,
        "KubeSent's pod is ready": at(own, lambda s: condition(s.object, "Ready")),
    }


def condition(pod, kind):
    return any(c["type"] == kind and c["status"] == "True" for c in pod.get("status", {}).get("conditions", []))


def written(cluster, namespace, name, begun):
    """KubeSent's writes; the last of each but the first, as a failure that is given time is judged several times."""
    own = [s for s in cluster.of("incident", namespace, name) if s.at >= begun]
    phase = lambda wanted: at(own, lambda s: s.object.get("status", {}).get("phase") == wanted)  # noqa: E731
    acting = phase("Acting")
    before = [s for s in own if acting and s.at < acting]
    return {
        "the incident is made": own[0].at if own else None,
        "the incident is taken": at(own, lambda s: s.object.get("status", {}).get("lease")),
        "its time is over, it is taken again": before[-1].at if any(s.object.get("status", {}).get("phase") == "Waiting" for s in before) else None,
        "the intent is written": acting,
        "what was done is written": phase("Verifying"),
    }


def changed(cluster, case, namespace, name, begun):
    """The change, and how it reaches the pods."""
    pods = [s for s in cluster.of("pod", namespace, name) if s.at >= begun]
    deployments = [s for s in cluster.of("deployment", namespace, name) if s.at >= begun]
    broken = at(deployments, lambda s: not case.is_cured(s.object["spec"]["template"])) if case.grace else begun
    patched = broken and at(deployments, lambda s: s.at >= broken and case.is_cured(s.object["spec"]["template"]))
    deleted = first(pods, lambda s: "deletionTimestamp" in s.object["metadata"]) if not deployments else None
    gone = deleted and at(pods, lambda s: s.kind == "DELETED" and s.object["metadata"]["uid"] == deleted.object["metadata"]["uid"])
    resized = None if deployments or deleted else at(pods, lambda s: case.is_cured(s.object))
    told = {"the template is changed": patched, "the pod is being deleted": deleted and deleted.at, "the old pod is gone": gone, "the pod is resized": resized}
    made = first(pods, lambda s: s.kind == "ADDED" and not case.grace and case.is_cured(s.object))
    return told | (came_up(cluster, [s for s in pods if s.object["metadata"]["uid"] == made.object["metadata"]["uid"]]) if made else {})


def came_up(cluster, pod):
    ids = [s["containerID"].removeprefix("containerd://") for seen in pod for s in statuses(seen.object) if "containerID" in s]
    return {
        "the new pod is made": pod[0].at,
        "it has a node": at(pod, lambda s: s.object["spec"].get("nodeName")),
        "its container starts": cluster.started.get(ids[0]) if ids else None,
        "it is ready": at(pod, lambda s: condition(s.object, "Ready")),
    }


def seconds(text):
    import calendar
    import time

    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
