// objects: Deployments, ReplicaSets and pods with the status that their controllers and the kubelet write.
package main

import (
	"fmt"
	"time"
)

// The hash of the template that fails, and of the one that KubeSent makes of it.
const broken, mended = "66b8b974b8", "7d9c5f6b58"

func container(mem string) M {
	return M{"name": "app", "image": "docker.io/lab/app:1.0", "command": []string{"sh", "-c", "exec app"},
		"resources":      M{"limits": M{"cpu": "200m", "memory": mem}, "requests": M{"cpu": "50m", "memory": "16Mi"}},
		"ports":          []M{{"containerPort": 8080}},
		"readinessProbe": M{"httpGet": M{"path": "/", "port": 8080}, "periodSeconds": 5},
		"env":            []M{{"name": "DATABASE_URL", "value": "jdbc:postgresql://db.demo.svc:5432/app"}, {"name": "LOG_LEVEL", "value": "info"}}}
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// The counts as the Deployment controller has them (deployment/sync.go). What is zero is sent, to replace what was; the API server keeps none of it.
func counts(all, updated, ready int, observed any) M {
	m := M{"observedGeneration": observed, "replicas": all}
	for k, n := range map[string]int{"updatedReplicas": updated, "readyReplicas": ready, "availableReplicas": ready, "unavailableReplicas": all - ready} {
		m[k] = n
	}
	return m
}

func deploymentStatus(d M, all, updated, ready int, rs string) {
	m := counts(all, updated, ready, d["metadata"].(M)["generation"])
	available := M{"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable", "message": "Deployment does not have minimum availability.", "lastTransitionTime": now(), "lastUpdateTime": now()}
	if ready >= all-all/4 {
		available["status"], available["reason"], available["message"] = "True", "MinimumReplicasAvailable", "Deployment has minimum availability."
	}
	progress := M{"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated", "message": fmt.Sprintf("ReplicaSet %q is progressing.", rs), "lastTransitionTime": now(), "lastUpdateTime": now()}
	if ready >= all && updated >= all {
		progress["reason"], progress["message"] = "NewReplicaSetAvailable", fmt.Sprintf("ReplicaSet %q has successfully progressed.", rs)
	}
	m["conditions"] = []M{available, progress}
	name := d["metadata"].(M)["name"].(string)
	must("PATCH", "/apis/apps/v1/namespaces/"+*ns+"/deployments/"+name+"/status?fieldManager=kube-controller-manager", M{"status": m})
}

func replicaSetStatus(name string, all, ready int) {
	m := M{"observedGeneration": 1, "replicas": all}
	for k, n := range map[string]int{"fullyLabeledReplicas": all, "readyReplicas": ready, "availableReplicas": ready} {
		m[k] = n
	}
	must("PATCH", "/apis/apps/v1/namespaces/"+*ns+"/replicasets/"+name+"/status?fieldManager=kube-controller-manager", M{"status": m})
}

func deployment(name string, replicas, ready int) (string, string) {
	labels := M{"app": name}
	tmpl := M{"metadata": M{"labels": labels}, "spec": M{"containers": []M{container("64Mi")}}}
	d := must("POST", "/apis/apps/v1/namespaces/"+*ns+"/deployments?fieldManager=kubectl-client-side-apply", M{"apiVersion": "apps/v1", "kind": "Deployment",
		"metadata": M{"name": name, "labels": labels, "annotations": M{"deployment.kubernetes.io/revision": "1"}},
		"spec":     M{"replicas": replicas, "selector": M{"matchLabels": labels}, "template": tmpl}})
	r := replicaSet(d, broken, "1", M{"containers": []M{container("64Mi")}}, replicas)
	replicaSetStatus(name+"-"+broken, replicas, ready)
	deploymentStatus(d, replicas, replicas, ready, name+"-"+broken)
	return name + "-" + broken, uid(r)
}

func replicaSet(d M, hash, revision string, spec any, replicas int) M {
	name := d["metadata"].(M)["name"].(string)
	labels := M{"app": name, "pod-template-hash": hash}
	return must("POST", "/apis/apps/v1/namespaces/"+*ns+"/replicasets?fieldManager=kube-controller-manager", M{"apiVersion": "apps/v1", "kind": "ReplicaSet",
		"metadata": M{"name": name + "-" + hash, "labels": labels,
			"annotations":     M{"deployment.kubernetes.io/revision": revision, "deployment.kubernetes.io/desired-replicas": fmt.Sprint(replicas), "deployment.kubernetes.io/max-replicas": fmt.Sprint(replicas + replicas/4)},
			"ownerReferences": []M{{"apiVersion": "apps/v1", "kind": "Deployment", "name": name, "uid": uid(d), "controller": true, "blockOwnerDeletion": true}}},
		"spec": M{"replicas": replicas, "selector": M{"matchLabels": labels}, "template": M{"metadata": M{"labels": labels}, "spec": spec}}})
}

func status(kind string, restarts int, waiting bool) M {
	at := time.Now().UTC()
	if kind == "new" {
		at = at.Add(50 * time.Second) // it runs since now
	}
	t := func(ago int) string { return at.Add(-time.Duration(ago) * time.Second).Format(time.RFC3339) }
	cond := func(ready string) []M {
		var c []M
		for _, x := range [][2]string{{"PodReadyToStartContainers", "True"}, {"Initialized", "True"}, {"Ready", ready}, {"ContainersReady", ready}, {"PodScheduled", "True"}} {
			m := M{"type": x[0], "status": x[1], "lastProbeTime": nil, "lastTransitionTime": t(60)}
			if x[1] == "False" {
				m["reason"], m["message"] = "ContainersNotReady", "containers with unready status: [app]"
			}
			c = append(c, m)
		}
		return c
	}
	cs := M{"name": "app", "image": "docker.io/lab/app:1.0", "imageID": "docker.io/lab/app@sha256:fd369b3895f74aadc416c1cce247658aaf447df1c2bc876df924c3176dc1fc5d",
		"containerID": "containerd://b457eb03521e6fd3ff56e7bd9c46f098068780e493cbb5b679c022a07d23ccb3", "restartCount": restarts}
	if kind == "healthy" || kind == "new" {
		cs["ready"], cs["started"] = true, true
		cs["state"], cs["lastState"] = M{"running": M{"startedAt": t(50)}}, M{}
		return M{"phase": "Running", "conditions": cond("True"), "containerStatuses": []M{cs}, "hostIP": "10.244.0.1", "podIP": "10.244.1.7", "podIPs": []M{{"ip": "10.244.1.7"}}, "qosClass": "Burstable", "startTime": t(61)}
	}
	code, reason := 1, "Error"
	if kind == "oom" {
		code, reason = 137, "OOMKilled"
	}
	term := M{"terminated": M{"exitCode": code, "reason": reason, "startedAt": t(40), "finishedAt": t(30), "containerID": cs["containerID"]}}
	cs["ready"], cs["started"] = false, false
	if kind == "image" {
		cs["restartCount"], cs["lastState"] = 0, M{}
		cs["imageID"], cs["containerID"] = "", ""
		cs["state"] = M{"waiting": M{"reason": "ImagePullBackOff", "message": `Back-off pulling image "docker.io/lab/app:1.0": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/lab/app:1.0": failed to resolve reference "docker.io/lab/app:1.0": docker.io/lab/app:1.0: not found`}}
		return M{"phase": "Pending", "conditions": cond("False"), "containerStatuses": []M{cs}, "hostIP": "10.244.0.1", "podIP": "10.244.1.7", "qosClass": "Burstable", "startTime": t(61)}
	}
	if waiting {
		cs["state"] = M{"waiting": M{"reason": "CrashLoopBackOff", "message": "back-off 40s restarting failed container=app pod=x_demo(y)"}}
		cs["lastState"] = term
	} else {
		cs["state"], cs["lastState"] = term, M{}
	}
	return M{"phase": "Running", "conditions": cond("False"), "containerStatuses": []M{cs}, "hostIP": "10.244.0.1", "podIP": "10.244.1.7", "podIPs": []M{{"ip": "10.244.1.7"}}, "qosClass": "Burstable", "startTime": t(61)}
}

func pod(name, app, hash, rsuid, kind string, restarts int, spec M) M {
	rs := app + "-" + hash
	p := M{"apiVersion": "v1", "kind": "Pod", "metadata": M{"name": name, "namespace": *ns, "generateName": rs + "-",
		"labels":          M{"app": app, "pod-template-hash": hash},
		"ownerReferences": []M{{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": rs, "uid": rsuid, "controller": true, "blockOwnerDeletion": true}}},
		"spec": spec}
	made := must("POST", "/api/v1/namespaces/"+*ns+"/pods?fieldManager=kube-controller-manager", p)
	made["status"] = status(kind, restarts, true)
	return must("PUT", "/api/v1/namespaces/"+*ns+"/pods/"+name+"/status?fieldManager=kubelet", made)
}

func onNode(spec M) M {
	bound := M{"nodeName": "node-1"}
	for k, v := range spec {
		bound[k] = v
	}
	return bound
}

func fails() M { return onNode(M{"containers": []M{container("64Mi")}}) }
