package dev.kubesent.command;

import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which workload a command is about. */
final class Workload {

    @Parameters(
            paramLabel = "KIND/NAME",
            description = "as for kubectl: deployment/web, cronjob/report; pod/x for a pod that nobody owns")
    private @Nullable String text;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "its namespace (default: that of the current context)")
    private @Nullable String namespace;

    /** @throws IllegalArgumentException in a sentence, where it is none that can have a mark of its own */
    ObjectRef in(Reach.Reached cluster) {
        var target = Target.parse(Objects.requireNonNull(text, "picocli asks for it"));
        var kind = target.kind()
                .flatMap(Workload::kind)
                .orElseThrow(() -> new IllegalArgumentException("say which kind it is: deployment/" + target.name()));
        if (Name.parse(target.name()).isEmpty()) {
            throw new IllegalArgumentException("'%s' is no name of Kubernetes".formatted(target.name()));
        }
        var where = Optional.ofNullable(namespace).orElse(cluster.namespace());
        if (kind == WorkloadKind.POD) {
            refuseOwned(cluster, where, target.name());
        }
        return new ObjectRef(kind.apiVersion(), kind.kind(), where, target.name(), "");
    }

    /** Target knows one kind called Service, and it is Knative's: that of Kubernetes runs nothing. */
    private static Optional<WorkloadKind> kind(String name) {
        return Arrays.stream(WorkloadKind.values())
                .filter(kind -> kind.kind().equals(name))
                .findFirst();
    }

    private static void refuseOwned(Reach.Reached cluster, String namespace, String name) {
        cluster.reader()
                .get(Pod.class, namespace, name)
                .flatMap(ControllerRef::of)
                .ifPresent(owner -> {
                    throw new IllegalArgumentException(
                            "pod %s belongs to %s/%s: name its workload, such as deployment/NAME, and all its pods follow"
                                    .formatted(name, owner.getKind(), owner.getName()));
                });
    }
}
