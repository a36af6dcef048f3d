package dev.kubesent.scan;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.command.Target;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Whether what was asked for is there at all: that a name with a slip does not fail says nothing. */
record Existence(ClusterReader cluster) {

    private static final String KNATIVE = WorkloadKind.KNATIVE_SERVICE.kind();

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Pod.class,
            Deployment.class,
            StatefulSet.class,
            DaemonSet.class,
            ReplicaSet.class,
            ReplicationController.class,
            Job.class,
            CronJob.class);

    private enum Found {
        THERE,
        MISSING,
        /** It may not be read: not known to be missing, and not known to be there. */
        UNREAD
    }

    /**
     * @param namespace empty for all
     * @return what could not be told, as a sentence; empty where it is there
     * @throws IllegalArgumentException in a sentence, where it is known that there is no such thing
     */
    Optional<String> check(String namespace, Optional<Target> target) {
        if (!namespace.isEmpty() && get(Namespace.class, "", namespace) == Found.MISSING) {
            throw new IllegalArgumentException("there is no namespace '" + namespace + "'");
        }
        return target.flatMap(wanted -> switch (all(namespace, wanted)) {
            case THERE -> Optional.<String>empty();
            case UNREAD -> Optional.of("you may not read whether there is a '%s'".formatted(wanted));
            case MISSING ->
                throw new IllegalArgumentException("there is no '%s' in %s"
                        .formatted(wanted, namespace.isEmpty() ? "any namespace" : "namespace " + namespace));
        });
    }

    private Found all(String namespace, Target target) {
        var results = Stream.concat(
                        KINDS.stream()
                                .filter(kind -> target.kind().isEmpty()
                                        || target.kind().get().equals(HasMetadata.getKind(kind)))
                                .map(kind -> namespace.isEmpty()
                                        ? anywhere(kind, target.name())
                                        : get(kind, namespace, target.name())),
                        Stream.of(target)
                                .filter(wanted ->
                                        wanted.kind().filter(KNATIVE::equals).isPresent())
                                .map(wanted -> knative(namespace, wanted.name())))
                .toList();
        return results.contains(Found.THERE)
                ? Found.THERE
                : results.contains(Found.UNREAD) ? Found.UNREAD : Found.MISSING;
    }

    private Found get(Class<? extends HasMetadata> kind, String namespace, String name) {
        return asked(() -> cluster.get(kind, namespace, name).isPresent());
    }

    private Found anywhere(Class<? extends HasMetadata> kind, String name) {
        return asked(() -> !cluster.page(kind, "", FieldSelector.where("metadata.name", name), 1, "")
                .items()
                .isEmpty());
    }

    /** Without a namespace there is no reading it by its name. */
    private Found knative(String namespace, String name) {
        var kind = WorkloadKind.KNATIVE_SERVICE;
        return namespace.isEmpty()
                ? Found.UNREAD
                : asked(() -> cluster.get(new ObjectRef(kind.apiVersion(), kind.kind(), namespace, name, ""))
                        .isPresent());
    }

    private static Found asked(BooleanSupplier isThere) {
        try {
            return isThere.getAsBoolean() ? Found.THERE : Found.MISSING;
        } catch (ClusterException e) {
            return e.kind() == ClusterException.Kind.NOT_FOUND ? Found.MISSING : Found.UNREAD;
        }
    }
}
