# failing NAME RESOURCES [IMAGE [ARGS]]: a Deployment of demo with one container, as YAML. memhog takes 64 MiB within four seconds: with a limit of 32Mi it is killed.
failing() {
  local args=${4:-'["64", "4"]'}
  cat <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1, namespace: demo}
spec:
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: app, image: "${3:-localhost/memhog:1}", args: $args, resources: $2}
YAML
}
