package dev.kubesent.remedy.engine;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** How many pods a workload is meant to have, and what its own controller says of them: it has counted all, and costs no read. */
public record WorkloadSize(GenericKubernetesResource workload) {

    private WorkloadKind kind() {
        return WorkloadKind.of(ObjectRef.of(workload)).orElseThrow();
    }

    /** With its newest template. */
    public long wanted() {
        return switch (kind()) {
            case DEPLOYMENT -> number("spec", "replicas").orElse(1);
            case STATEFUL_SET ->
                Math.max(
                        0,
                        number("spec", "replicas").orElse(1)
                                - number("spec", "updateStrategy", "rollingUpdate", "partition")
                                        .orElse(0));
            case DAEMON_SET -> number("status", "desiredNumberScheduled").orElse(1);
            // Only the pods that were stuck are replaced; the others stay as they are.
            case REPLICA_SET, REPLICATION_CONTROLLER ->
                Math.min(1, number("spec", "replicas").orElse(1));
            case POD, JOB, CRON_JOB, KNATIVE_REVISION, KNATIVE_CONFIGURATION, KNATIVE_SERVICE -> 1;
        };
    }

    /** Of whatever revision: those that there should be, or those that there are. */
    public int pods() {
        return Math.max(
                number("spec", "replicas").orElse(0),
                Math.max(
                        number("status", "replicas").orElse(0),
                        number("status", "currentNumberScheduled").orElse(0)));
    }

    /** Whether its controller says that all that is wanted has the newest template and is ready. For how long, it does not say. */
    public boolean isRolledOut() {
        return isSeen() && updated() >= wanted() && ready() >= wanted();
    }

    /** Whether its controller has seen the template as it is: before, there is no pod of it. */
    public boolean isSeen() {
        var generation = workload.getMetadata().getGeneration();
        return generation == null || number("status", "observedGeneration").orElse(0) >= generation;
    }

    private int updated() {
        return switch (kind()) {
            case DEPLOYMENT, STATEFUL_SET -> number("status", "updatedReplicas").orElse(0);
            case DAEMON_SET -> number("status", "updatedNumberScheduled").orElse(0);
            case REPLICA_SET,
                    REPLICATION_CONTROLLER,
                    POD,
                    JOB,
                    CRON_JOB,
                    KNATIVE_REVISION,
                    KNATIVE_CONFIGURATION,
                    KNATIVE_SERVICE -> ready();
        };
    }

    private int ready() {
        return number("status", "readyReplicas")
                .or(() -> number("status", "numberReady"))
                .orElse(0);
    }

    private Optional<Integer> number(Object... path) {
        return workload.<Object>get(path) instanceof Number n ? Optional.of(n.intValue()) : Optional.empty();
    }
}
