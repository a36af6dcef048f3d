# keep SERVICE CONTAINER [NAMESPACE]: follows the logs of all pods of a Knative Service (of kubesent) into $work/log/SERVICE.POD; they outlive the pods, which sleep and go.
keepers=()
keep() { mkdir -p "$work/log"; set -m; keeping "$@" & keepers+=($!); set +m; }
keeping() { local pod file ns=${3:-kubesent}
  while sleep 0.5; do for pod in $(kubectl get pods -n "$ns" -l "serving.knative.dev/service=$1" -o name 2>/dev/null); do
    file=$work/log/$1.${pod#pod/}
    [ ! -e "$file" ] || continue
    : >"$file"
    (until kubectl logs --tail=0 -n "$ns" "$pod" -c "$2" >/dev/null 2>&1; do kubectl get -n "$ns" "$pod" >/dev/null 2>&1 || exit 0; sleep 0.3; done
     kubectl logs -f --timestamps -n "$ns" "$pod" -c "$2" >"$file" 2>/dev/null) &
  done; done; }
trap 'for p in "${keepers[@]}"; do kill -- "-$p" 2>/dev/null || true; done; kill $(jobs -p) 2>/dev/null || true' EXIT
