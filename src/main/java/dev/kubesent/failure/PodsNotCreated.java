package dev.kubesent.failure;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.LostRun.NotCreated;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workload that lacks pods because its controller may not create them. A Deployment's status says so; of the others the events FailedCreate
 * of their controllers do, and are asked for only where pods are lacking.
 */
public final class PodsNotCreated {

    /** Controllers try again within seconds at first: a webhook that restarts, or a quota that is full for a moment, is none. */
    private static final Duration LASTS = Duration.ofMinutes(5);

    /** Between two tries a controller waits up to 1,000 s (client-go, DefaultControllerRateLimiter). */
    private static final Duration STILL_SAID = Duration.ofMinutes(20);

    private PodsNotCreated() {}

    /** By its status: its ReplicaSet's controller takes the condition away as soon as a pod could be created. */
    public static Optional<LostRun> detect(Deployment deployment, Instant now) {
        if (isGoing(deployment) || deployment.getStatus() == null) {
            return Optional.empty();
        }
        return deployment.getStatus().getConditions().stream()
                .filter(condition -> "ReplicaFailure".equals(condition.getType())
                        && "True".equals(condition.getStatus())
                        && "FailedCreate".equals(condition.getReason())
                        && condition.getLastTransitionTime() != null)
                .findFirst()
                .map(condition -> new NotCreated(
                        ObjectRef.of(deployment),
                        ForeignText.message(condition.getMessage()),
                        Instant.parse(condition.getLastTransitionTime())))
                .filter(lost -> lost.at().plus(LASTS).isBefore(now))
                .map(LostRun.class::cast);
    }

    /**
     * By its events since a pod was last created: refused again and again, for as long as no trouble of a moment lasts.
     *
     * @param lacking what lacks pods
     * @param events about it
     */
    public static Optional<LostRun> detect(ObjectRef lacking, List<Event> events, Instant now) {
        var created = events.stream()
                .filter(event -> "SuccessfulCreate".equals(event.getReason()))
                .map(PodsNotCreated::last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        var refused = events.stream()
                .filter(event -> "FailedCreate".equals(event.getReason()))
                .filter(event -> last(event).isAfter(created))
                .toList();
        return refused.stream()
                .max(Comparator.comparing(PodsNotCreated::last))
                .filter(event -> last(event).plus(STILL_SAID).isAfter(now))
                .flatMap(event -> begun(refused, created)
                        .filter(begun -> !begun.plus(LASTS).isAfter(last(event)))
                        .map(begun -> new NotCreated(lacking, ForeignText.message(event.getMessage()), begun)));
    }

    private static Optional<Instant> begun(List<Event> refused, Instant created) {
        return refused.stream()
                .flatMap(event -> time(event.getFirstTimestamp()).stream())
                .map(first -> first.isBefore(created) ? created : first)
                .min(Comparator.naturalOrder());
    }

    private static Instant last(Event event) {
        return time(event.getLastTimestamp()).orElse(Instant.EPOCH);
    }

    public static boolean lacksPods(StatefulSet set) {
        var wanted = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        return !isGoing(set)
                && set.getStatus() != null
                && Objects.requireNonNullElse(set.getStatus().getReplicas(), 0) < wanted;
    }

    public static boolean lacksPods(DaemonSet set) {
        return !isGoing(set)
                && set.getStatus() != null
                && Objects.requireNonNullElse(set.getStatus().getCurrentNumberScheduled(), 0)
                        < Objects.requireNonNullElse(set.getStatus().getDesiredNumberScheduled(), 0);
    }

    /** A Job that has begun, and has had no pod at all. */
    public static boolean lacksPods(Job job) {
        var status = job.getStatus();
        return !isGoing(job)
                && !Boolean.TRUE.equals(job.getSpec().getSuspend())
                && status != null
                && status.getStartTime() != null
                && isNone(status.getActive())
                && isNone(status.getSucceeded())
                && isNone(status.getFailed())
                && status.getConditions().stream().noneMatch(condition -> "True".equals(condition.getStatus()));
    }

    private static boolean isNone(@Nullable Integer count) {
        return count == null || count == 0;
    }

    private static boolean isGoing(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static Optional<Instant> time(@Nullable String rfc3339) {
        return Optional.ofNullable(rfc3339).map(Instant::parse);
    }
}
