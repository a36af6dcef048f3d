# What herd.sh and wake.sh have in common; they set here, top, KUBE, B, RUN, JAVA25, LOGPORT and api first.
stubs=()
ended() { [ ${#stubs[@]} = 0 ] || kill "${stubs[@]}" 2>/dev/null || true; stubs=(); "$KUBE" api down >/dev/null 2>&1 || true; }
cluster() { "$B/bin/cluster" -api "$api" "$@"; }
k() { "$bin/kubectl" --kubeconfig="$RUN/kubeconfig" "$@"; }

# The tools, and the command that runs KubeSent: as in its image where that has been built, else the plain jar.
unpacked() {
  bin=$("$KUBE" bin)
  (cd "$here/herd" && for t in cluster replay; do go build -o "$B/bin/$t" "./$t"; done)
  rm -rf "$B/rootfs"; mkdir -p "$B/rootfs"
  if [ -f "$top/target/kubesent-image.tar" ]; then
    python3 "$here/herd/unpack.py" "$top/target/kubesent-image.tar" "$B/rootfs" >"$B/command"
  else
    [ -f "$top/target/kubesent.jar" ] || { echo "first: ./mvnw -q package -DskipTests" >&2; exit 2; }
    echo "$JAVA25 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=45 -XX:+ExitOnOutOfMemoryError -jar $top/target/kubesent.jar" >"$B/command"
  fi
}

# A fresh API server with a node that has logs, KubeSent's own manifests, two namespaces that opted in, and an audit log of KubeSent's account alone.
fresh() {
  ended; there=; mkdir -p "$RUN"; rm -f "$RUN/audit.log"
  printf '%s\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' 'omitStages: [RequestReceived, ResponseStarted]' 'rules:' '- {level: Metadata, users: ["system:serviceaccount:kubesent:kubesent"]}' '- {level: None}' >"$RUN/audit.yaml"
  APISERVER_EXTRA="--audit-policy-file=$RUN/audit.yaml --audit-log-path=$RUN/audit.log --audit-log-maxsize=4000 --audit-log-mode=batch" "$KUBE" api up >"$B/log-api.txt" 2>&1
  { for f in 000-namespace 100-incident-crd 200-serviceaccount 210-reader 220-healer 230-own-namespace; do k apply -f "$top/knative/base/$f.yaml"; done
    for n in demo other; do k create namespace $n; k label namespace $n kubesent.dev/heal=enabled; k create sa default -n $n
      k create rolebinding kubesent-healer -n $n --clusterrole=kubesent-healer --serviceaccount=kubesent:kubesent; done
    k wait --for=condition=established crd/incidents.kubesent.dev --timeout=30s; until k get incidents -A; do sleep 0.2; done # its storage begins later
    sed "s/LOGPORT/$LOGPORT/" "$here/herd/node.yaml" >"$B/node.yaml"
    k create -f "$B/node.yaml"; k replace --subresource=status -f "$B/node.yaml"; } >>"$B/log-api.txt" 2>&1
  "$B/bin/cluster" -api "$api" kubelet -port "$LOGPORT" -pki "$RUN/pki" >>"$B/log-api.txt" 2>&1 & stubs+=($!)
  cat >"$B/kubeconfig" <<K
apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "$api", certificate-authority-data: $(base64 -w0 <"$RUN/pki/ca.crt")}}]
users: [{name: kubesent, user: {token: $(k create token kubesent -n kubesent --duration=6h)}}]
contexts: [{name: lab, context: {cluster: lab, user: kubesent, namespace: default}}]
current-context: lab
K
}
