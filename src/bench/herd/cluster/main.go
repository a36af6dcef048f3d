// cluster: makes objects in a real API server, cheaply, and writes the pod events that an ApiServerSource would send of them.
//
//	cluster -ns demo rollout -name web -pods 10000 -kind crash|oom -events FILE [-per 3]
//	cluster -ns demo distinct -pods 1000 -kind mixed -events FILE
//	cluster -ns demo healthy -pods 5000
//	cluster -ns demo wipe                     deletes pods, replicasets, deployments, incidents, events of the namespace
//	cluster -ns demo old -incidents 5000      incidents of other workloads, refused a day ago
//	cluster -ns demo count                    incidents: number, phases, sum of seen.times
//
// FILE: per event 4 bytes length of name, name, 4 bytes length of body, body.
package main

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

var (
	api    = flag.String("api", "https://127.0.0.1:28443", "")
	token  = flag.String("token", "lab-admin-token", "")
	ns     = flag.String("ns", "demo", "")
	conns  = flag.Int("conns", 12, "")
	client *http.Client
)

type M = map[string]any

func call(method, path string, body any) (int, []byte) {
	var r io.Reader
	if body != nil {
		b, ok := body.([]byte)
		if !ok {
			b, _ = json.Marshal(body)
		}
		r = bytes.NewReader(b)
	}
	q, _ := http.NewRequest(method, *api+path, r)
	q.Header.Set("Authorization", "Bearer "+*token)
	q.Header.Set("Content-Type", "application/json")
	if method == "PATCH" {
		q.Header.Set("Content-Type", "application/merge-patch+json")
	}
	resp, e := client.Do(q)
	if e != nil {
		panic(e)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, b
}
func must(method, path string, body any) M {
	st, b := call(method, path, body)
	if st/100 != 2 {
		panic(fmt.Sprint(method, " ", path, " ", st, " ", string(b)))
	}
	var m M
	json.Unmarshal(b, &m)
	return m
}
func uid(m M) string { return m["metadata"].(M)["uid"].(string) }

func container(mem string) M {
	return M{"name": "app", "image": "docker.io/lab/app:1.0", "command": []string{"sh", "-c", "exec app"},
		"resources":      M{"limits": M{"cpu": "200m", "memory": mem}, "requests": M{"cpu": "50m", "memory": "16Mi"}},
		"ports":          []M{{"containerPort": 8080}},
		"readinessProbe": M{"httpGet": M{"path": "/", "port": 8080}, "periodSeconds": 5},
		"env":            []M{{"name": "DATABASE_URL", "value": "jdbc:postgresql://db.demo.svc:5432/app"}, {"name": "LOG_LEVEL", "value": "info"}}}
}
func deployment(name string, replicas int) (string, string) {
	labels := M{"app": name}
	tmpl := M{"metadata": M{"labels": labels}, "spec": M{"containers": []M{container("64Mi")}}}
	d := must("POST", "/apis/apps/v1/namespaces/"+*ns+"/deployments?fieldManager=kubectl-client-side-apply", M{"apiVersion": "apps/v1", "kind": "Deployment",
		"metadata": M{"name": name, "labels": labels, "annotations": M{"deployment.kubernetes.io/revision": "1"}},
		"spec":     M{"replicas": replicas, "selector": M{"matchLabels": labels}, "template": tmpl}})
	rl := M{"app": name, "pod-template-hash": "66b8b974b8"}
	rt := M{"metadata": M{"labels": rl}, "spec": M{"containers": []M{container("64Mi")}}}
	r := must("POST", "/apis/apps/v1/namespaces/"+*ns+"/replicasets?fieldManager=kube-controller-manager", M{"apiVersion": "apps/v1", "kind": "ReplicaSet",
		"metadata": M{"name": name + "-66b8b974b8", "labels": rl, "annotations": M{"deployment.kubernetes.io/revision": "1"},
			"ownerReferences": []M{{"apiVersion": "apps/v1", "kind": "Deployment", "name": name, "uid": uid(d), "controller": true, "blockOwnerDeletion": true}}},
		"spec": M{"replicas": replicas, "selector": M{"matchLabels": rl}, "template": rt}})
	return name + "-66b8b974b8", uid(r)
}

func status(kind string, restarts int, waiting bool) M {
	now := time.Now().UTC()
	t := func(ago int) string { return now.Add(-time.Duration(ago) * time.Second).Format(time.RFC3339) }
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
	if kind == "healthy" {
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

func pod(name, app, rs, rsuid, kind string, restarts int) M {
	p := M{"apiVersion": "v1", "kind": "Pod", "metadata": M{"name": name, "namespace": *ns, "generateName": rs + "-",
		"labels":          M{"app": app, "pod-template-hash": "66b8b974b8"},
		"ownerReferences": []M{{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": rs, "uid": rsuid, "controller": true, "blockOwnerDeletion": true}}},
		"spec": M{"nodeName": "node-1", "containers": []M{container("64Mi")}}}
	made := must("POST", "/api/v1/namespaces/"+*ns+"/pods?fieldManager=kube-controller-manager", p)
	made["status"] = status(kind, restarts, true)
	return must("PUT", "/api/v1/namespaces/"+*ns+"/pods/"+name+"/status?fieldManager=kubelet", made)
}

type sink struct {
	mu sync.Mutex
	f  io.Writer
}

func (s *sink) put(name string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	binary.Write(s.f, binary.BigEndian, uint32(len(name)))
	io.WriteString(s.f, name)
	binary.Write(s.f, binary.BigEndian, uint32(len(body)))
	s.f.Write(body)
}
func parallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := 0; i < n; i++ {
		next <- i
	}
	close(next)
	for c := 0; c < *conns; c++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				f(i)
			}
		}()
	}
	wg.Wait()
}

const letters = "bcdfghjklmnpqrstvwxz2456789"

func suffix(i int) string {
	s := ""
	for k := 0; k < 5; k++ {
		s = string(letters[i%len(letters)]) + s
		i /= len(letters)
	}
	return s
}
func events(s *sink, p M, kind string, per int) {
	for e := 0; e < per; e++ {
		q := M{}
		for k, v := range p {
			q[k] = v
		}
		if per > 1 {
			q["status"] = status(kind, 1+e, e%3 != 1)
		}
		b, _ := json.Marshal(q)
		s.put(p["metadata"].(M)["name"].(string), b)
	}
}

func main() {
	flag.Parse()
	client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, MaxIdleConnsPerHost: 64}}
	fs := flag.NewFlagSet("", flag.ExitOnError)
	name := fs.String("name", "web", "")
	pods := fs.Int("pods", 1, "")
	kind := fs.String("kind", "crash", "")
	out := fs.String("events", "", "")
	per := fs.Int("per", 3, "")
	incidents := fs.Int("incidents", 5000, "")
	cmd := flag.Arg(0)
	fs.Parse(flag.Args()[1:])
	s := &sink{f: io.Discard}
	if *out != "" {
		f, _ := os.Create(*out)
		defer f.Close()
		s.f = f
	}
	t := time.Now()
	switch cmd {
	case "rollout":
		rs, u := deployment(*name, *pods)
		parallel(*pods, func(i int) {
			events(s, pod(rs+"-"+suffix(i), *name, rs, u, *kind, 3), *kind, *per)
		})
	case "distinct":
		kinds := []string{*kind}
		if *kind == "mixed" {
			kinds = []string{"crash", "oom", "image"}
		}
		parallel(*pods, func(i int) {
			n := fmt.Sprintf("%s-%d", *name, i)
			rs, u := deployment(n, 1)
			k := kinds[i%len(kinds)]
			events(s, pod(rs+"-"+suffix(i), n, rs, u, k, 3), k, *per)
		})
	case "healthy":
		rs, u := deployment(*name, *pods)
		parallel(*pods, func(i int) {
			events(s, pod(rs+"-"+suffix(i), *name, rs, u, "healthy", 0), "healthy", 1)
		})
	case "old":
		path := "/apis/kubesent.dev/v1alpha1/namespaces/" + *ns + "/incidents"
		ago := time.Now().UTC().Add(-24 * time.Hour).Format(time.RFC3339)
		parallel(*incidents, func(i int) {
			n := fmt.Sprintf("old-%d-app-crashloopbackoff-%08x", i, i)
			o := must("POST", path, M{"apiVersion": "kubesent.dev/v1alpha1", "kind": "Incident", "metadata": M{"name": n},
				"spec": M{"ownerKind": "ReplicaSet", "ownerName": fmt.Sprintf("old-%d-66b8b974b8", i), "revision": "66b8b974b8", "container": "app", "failure": "CrashLoopBackOff"}})
			o["status"] = M{"phase": "Refused", "workload": fmt.Sprintf("Deployment/old-%d", i), "seen": M{"first": ago, "last": ago, "times": 3, "pod": "x", "restarts": 3},
				"verdict": M{"decision": "Refused", "reasons": []string{"NOTHING_TO_DO: a person has to look at it"}, "at": ago},
				"story":   []string{ago + " saw CrashLoopBackOff in container app of pod x, restarts: 3"}}
			must("PUT", path+"/"+n+"/status", o)
		})
	case "wipe":
		for _, p := range []string{"/api/v1/namespaces/%s/pods?gracePeriodSeconds=0", "/apis/apps/v1/namespaces/%s/replicasets?propagationPolicy=Background", "/apis/apps/v1/namespaces/%s/deployments?propagationPolicy=Background", "/apis/kubesent.dev/v1alpha1/namespaces/%s/incidents", "/api/v1/namespaces/%s/events"} {
			call("DELETE", fmt.Sprintf(p, *ns), nil)
		}
	case "count":
		_, b := call("GET", "/apis/kubesent.dev/v1alpha1/namespaces/"+*ns+"/incidents", nil)
		var l struct {
			Items []struct {
				Status struct {
					Phase string
					Seen  struct{ Times int }
					Story []string
				}
			}
		}
		json.Unmarshal(b, &l)
		ph, times, story := map[string]int{}, 0, 0
		for _, i := range l.Items {
			ph[i.Status.Phase]++
			times += i.Status.Seen.Times
			story += len(i.Status.Story)
		}
		_, e := call("GET", "/api/v1/namespaces/"+*ns+"/events?limit=1", nil)
		var ev struct {
			Items    []any
			Metadata struct{ RemainingItemCount int }
		}
		json.Unmarshal(e, &ev)
		fmt.Println("incidents", len(l.Items), ph, "seen.times", times, "story lines", story, "bytes of the list", len(b), "Events", len(ev.Items)+ev.Metadata.RemainingItemCount)
	default:
		panic(cmd)
	}
	fmt.Fprintln(os.Stderr, cmd, time.Since(t).Round(time.Millisecond))
}
