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
            "Service", List.of("ksvc", "kservice", "services", "service"));

    /** @throws IllegalArgumentException where the kind is none that has pods */
    public static Target parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? new Target(Optional.empty(), text)
                : new Target(Optional.of(kind(text.substring(0, slash))), text.substring(slash + 1));
    }

    private static String kind(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceFirst("[.].*", "");
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

    @Override
    public String toString() {
        return kind.map(of -> of + "/").orElse("") + name;
    }
}
