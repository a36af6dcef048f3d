// count: what became of a herd, as JSON.
package main

import (
	"encoding/json"
	"os"
	"strings"
)

type incident struct {
	Metadata struct{ Name, CreationTimestamp string }
	Spec     struct{ OwnerName string }
	Status   struct {
		Phase string
		Seen  struct{ Times int }
	}
}

func count() {
	_, b := call("GET", "/apis/kubesent.dev/v1alpha1/namespaces/"+*ns+"/incidents", nil)
	var l struct{ Items []incident }
	json.Unmarshal(b, &l)
	phases, owners, times, last, n := map[string]int{}, map[string]bool{}, 0, "", 0
	for _, i := range l.Items {
		if strings.HasPrefix(i.Metadata.Name, "old-") {
			continue
		}
		n++
		phases[i.Status.Phase]++
		owners[i.Spec.OwnerName] = true
		times += i.Status.Seen.Times
		last = max(last, i.Metadata.CreationTimestamp)
	}
	_, e := call("GET", "/api/v1/namespaces/kubesent/events?fieldSelector=reason%3DStorm", nil)
	var storms struct{ Items []any }
	json.Unmarshal(e, &storms)
	json.NewEncoder(os.Stdout).Encode(M{"incidents": n, "owners": len(owners), "phases": phases, "times": times, "last": last, "storms": len(storms.Items)})
}
