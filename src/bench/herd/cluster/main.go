// cluster: makes objects in a real API server, cheaply, and writes the pod events that an ApiServerSource would send of them.
//
//	cluster -ns demo rollout -name web -pods 10000 -kind crash|oom -events FILE [-per 3]
//	cluster -ns demo distinct -pods 1000 -kind mixed -events FILE
//	cluster -ns demo healthy -pods 5000
//	cluster -ns demo old -incidents 5000      incidents of other workloads, refused a day ago
//	cluster -ns demo count                    incidents and Events of the namespace, as JSON
//	cluster -ns demo controller -name web     rolls a changed template out, as the Deployment controller and the kubelet would; until it is ended
//	cluster kubelet -port P -pki FOLDER       answers the API server's questions for logs; until it is ended
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
	port := fs.Int("port", 28250, "")
	pki := fs.String("pki", "", "")
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
		rs, u := deployment(*name, *pods, 0)
		parallel(*pods, func(i int) {
			events(s, pod(rs+"-"+suffix(i), *name, broken, u, *kind, 3, fails()), *kind, *per)
		})
	case "distinct":
		kinds := []string{*kind}
		if *kind == "mixed" {
			kinds = []string{"crash", "oom", "image"}
		}
		parallel(*pods, func(i int) {
			n := fmt.Sprintf("%s-%d", *name, i)
			rs, u := deployment(n, 1, 0)
			k := kinds[i%len(kinds)]
			events(s, pod(rs+"-"+suffix(i), n, broken, u, k, 3, fails()), k, *per)
		})
	case "healthy":
		rs, u := deployment(*name, *pods, *pods)
		parallel(*pods, func(i int) {
			events(s, pod(rs+"-"+suffix(i), *name, broken, u, "healthy", 0, fails()), "healthy", 1)
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
	case "controller":
		control(*name)
	case "kubelet":
		kubelet(*port, *pki)
	case "count":
		count()
	default:
		panic(cmd)
	}
	fmt.Fprintln(os.Stderr, cmd, time.Since(t).Round(time.Millisecond))
}
