package dev.kubesent.scan;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
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

/** Whether what was asked for is there at all: that a name with a slip does not fail says nothing. */
record Existence(ClusterReader cluster) {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Pod.class,
            Deployment.class,
            StatefulSet.class,
            DaemonSet.class,
            ReplicaSet.class,
            ReplicationController.class,
            Job.class,
            CronJob.class);

    /**
     * @param namespace empty for all
     * @throws IllegalArgumentException in a sentence, where it is known that there is no such thing
     */
    void check(String namespace, Optional<Target> target) {
        if (!namespace.isEmpty() && isMissing(Namespace.class, "", namespace)) {
            throw new IllegalArgumentException("there is no namespace '" + namespace + "'");
        }
        if (target.isPresent() && !namespace.isEmpty() && isMissing(namespace, target.get())) {
            throw new IllegalArgumentException("there is no '%s' in namespace %s".formatted(target.get(), namespace));
        }
    }

    private boolean isMissing(String namespace, Target target) {
        var kinds = KINDS.stream()
                .filter(kind -> target.kind().isEmpty() || target.kind().get().equals(HasMetadata.getKind(kind)))
                .toList();
        return !kinds.isEmpty() && kinds.stream().allMatch(kind -> isMissing(kind, namespace, target.name()));
    }

    /** What may not be read is not known to be missing. */
    private boolean isMissing(Class<? extends HasMetadata> kind, String namespace, String name) {
        try {
            return cluster.get(kind, namespace, name).isEmpty();
        } catch (ClusterException e) {
            return false;
        }
    }
}
