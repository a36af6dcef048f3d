// Tells how Argo CD, Flux and kstatus take each incident of a list, with the snippets of docs/gitops-health.md.
//
//	kubectl get incidents -A -o json | health docs/gitops-health.md
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"time"

	fluxstatus "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

var block = regexp.MustCompile("(?s)```yaml\n(.*?)```")

type snippets struct {
	Data map[string]string `json:"data"`
	Spec struct {
		HealthCheckExprs []kustomize.CustomHealthCheck `json:"healthCheckExprs"`
	} `json:"spec"`
}

func main() {
	page, err := os.ReadFile(os.Args[1])
	must(err)
	var script string
	var flux *cel.StatusEvaluator
	for _, found := range block.FindAllSubmatch(page, -1) {
		var one snippets
		must(yaml.UnmarshalStrict(found[1], &one))
		for _, text := range one.Data {
			script = text
		}
		for _, check := range one.Spec.HealthCheckExprs {
			flux, err = cel.NewStatusEvaluator(&check.HealthCheckExpressions)
			must(err)
		}
	}
	var list unstructured.UnstructuredList
	must(json.NewDecoder(os.Stdin).Decode(&list))
	for _, incident := range list.Items {
		phase, _, _ := unstructured.NestedString(incident.Object, "status", "phase")
		byFlux, err := flux.Evaluate(context.Background(), &incident)
		if err != nil { // as its status reader does: it says so, and asks again
			byFlux = &fluxstatus.Result{Status: fluxstatus.UnknownStatus}
		}
		plain, err := status.Compute(&incident)
		must(err)
		fmt.Printf("%s\t%s\t%s\t%s\t%s\n", incident.GetName(), phase, argo(script, incident.Object), byFlux.Status, plain.Status)
	}
}

// As Argo CD does it (util/lua/lua.go): the libraries package, base and table, a second, and one global.
func argo(script string, object map[string]any) string {
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	for name, open := range map[string]lua.LGFunction{lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		must(l.CallByParam(lua.P{Fn: l.NewFunction(open), NRet: 0, Protect: true}, lua.LString(name)))
	}
	within, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	l.SetContext(within)
	l.SetGlobal("obj", value(l, object))
	must(l.DoString(script))
	said := l.Get(-1).(*lua.LTable)
	if _, isText := said.RawGetString("message").(lua.LString); !isText {
		return "no message"
	}
	return said.RawGetString("status").String()
}

func value(l *lua.LState, any any) lua.LValue {
	switch one := any.(type) {
	case bool:
		return lua.LBool(one)
	case string:
		return lua.LString(one)
	case int64:
		return lua.LNumber(one)
	case float64:
		return lua.LNumber(one)
	case []interface{}:
		table := l.CreateTable(len(one), 0)
		for _, item := range one {
			table.Append(value(l, item))
		}
		return table
	case map[string]interface{}:
		table := l.CreateTable(0, len(one))
		for key, item := range one {
			table.RawSetString(key, value(l, item))
		}
		return table
	}
	return lua.LNil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
