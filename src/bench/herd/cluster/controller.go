// controller: what rolls a changed template out where no controller runs, and a kubelet that has logs.
package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// Deployment, ReplicaSets and pods are at each step as the real controller leaves them; old pods go when all new ones are ready.
func control(name string) {
	path := "/apis/apps/v1/namespaces/" + *ns + "/deployments/" + name
	d := must("GET", path, nil)
	for d["metadata"].(M)["generation"] == d["status"].(M)["observedGeneration"] {
		time.Sleep(200 * time.Millisecond)
		d = must("GET", path, nil)
	}
	n := int(d["spec"].(M)["replicas"].(float64))
	spec := d["spec"].(M)["template"].(M)["spec"].(M)
	// An annotation makes a generation, too (registry/apps/deployment/strategy.go): the status tells of this one.
	d = must("PATCH", path+"?fieldManager=kube-controller-manager", M{"metadata": M{"annotations": M{"deployment.kubernetes.io/revision": "2"}}})
	r := replicaSet(d, mended, "2", spec, n)
	rs, u := name+"-"+mended, uid(r)
	replicaSetStatus(rs, 0, 0)
	deploymentStatus(d, n, 0, 0, rs)
	var ready atomic.Int64
	parallel(n, func(i int) {
		pod(rs+"-"+suffix(i), name, mended, u, "new", 0, onNode(spec))
		if k := int(ready.Add(1)); k%1000 == 0 && k < n {
			replicaSetStatus(rs, k, k)
			deploymentStatus(d, n+k, k, k, rs)
		}
	})
	replicaSetStatus(rs, n, n)
	// One by one: the API server gives up on a collection of 10,000 after a minute.
	parallel(n, func(i int) {
		call("DELETE", "/api/v1/namespaces/"+*ns+"/pods/"+name+"-"+broken+"-"+suffix(i)+"?gracePeriodSeconds=0", nil)
	})
	must("PATCH", "/apis/apps/v1/namespaces/"+*ns+"/replicasets/"+name+"-"+broken+"?fieldManager=kube-controller-manager", M{"spec": M{"replicas": 0}})
	replicaSetStatus(name+"-"+broken, 0, 0)
	deploymentStatus(d, n, n, n, rs)
	fmt.Println("rolled out", n, "at", now())
}

// Fifty lines of the container that failed.
func kubelet(port int, pki string) {
	http.HandleFunc("/containerLogs/", func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < 49; i++ {
			fmt.Fprintf(w, "%s INFO  step %d of the start is done\n", now(), i)
		}
		fmt.Fprintln(w, "no such setting: FEATURES")
	})
	panic(http.ListenAndServeTLS(fmt.Sprintf("127.0.0.1:%d", port), pki+"/kubelet-server.crt", pki+"/kubelet-server.key", nil))
}
