package dev.kubesent.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of a namespace is looked at, as kubectl names it: {@code web-0}, {@code deploy/web}, {@code deployments.apps/web}.
 *
 * @param kind as Kubernetes spells it; empty for whatever has that name
 */
public record Target(Optional<String> kind, String name) {

    /** By the names that kubectl takes for them, in lower case and without the group. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "Pod", List.of("po", "pod", "pods"),
            "Deployment", List.of("deploy", "deployment", "deployments"),
            "StatefulSet", List.of("sts", "statefulset", "statefulsets"),
            "DaemonSet", List.of("ds", "daemonset", "daemonsets"),
            "ReplicaSet", List.of("rs", "replicaset", "replicasets"),
            "ReplicationController", List.of("rc", "replicationcontroller", "replicationcontrollers"),
            "Job", List.of("job", "jobs"),
            "CronJob", List.of("cj", "cronjob", "cronjobs"),
            "Service", List.of("ksvc", "kservice"));

    /** What kubectl calls a Service is the other one, which has no pods of its own. */
    private static final List<String> CORE_SERVICE = List.of("svc", "service", "services");

    /** @throws IllegalArgumentException where the kind is none that has pods */
    public static Target parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? new Target(Optional.empty(), text)
                : new Target(Optional.of(kind(text.substring(0, slash))), text.substring(slash + 1));
    }

    private static String kind(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var plain = lower.replaceFirst("[.].*", "");
        if (CORE_SERVICE.contains(plain)) {
            if (lower.endsWith(".serving.knative.dev")) {
                return "Service";
            }
            throw new IllegalArgumentException(
                    "'%s' is a Service, which makes no pods: name their workload; a Knative Service is ksvc/NAME"
                            .formatted(text));
        }
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().contains(plain))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no kind that has pods".formatted(text)));
    }

    /** Whether it may be this pod, as far as names tell: nothing was read for it yet. @param controller of the pod, as it says; empty where it has none */
    public boolean mayBe(String pod, String controller) {
        return name.equals(pod) || controller.equals(name) || controller.startsWith(name + "-");
    }

    /** @param controller as {@code ReplicaSet/web-1}; empty for none @param workload as {@code Deployment/web} */
    public boolean is(String pod, String controller, String workload) {
        return isNamed("Pod/" + pod) || isNamed(controller) || isNamed(workload);
    }

    private boolean isNamed(String object) {
        return kind.map(of -> object.equals(of + "/" + name)).orElseGet(() -> object.endsWith("/" + name));
    }

    public boolean isPod() {
        return kind.filter("Pod"::equals).isPresent();
    }

    @Override
    public String toString() {
        return kind.map(of -> of + "/").orElse("") + name;
    }
}
