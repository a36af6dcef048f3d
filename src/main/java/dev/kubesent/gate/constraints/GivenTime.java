package dev.kubesent.gate.constraints;

import dev.kubesent.gate.Change;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rollout is given some time to come up before its template is changed: what it waits for may be on its way, made by the same apply. Its
 * earlier revision serves meanwhile, so nothing is lost by it.
 */
final class GivenTime implements Constraint {

    /** As long as a failure of something else has to last while a change is watched. */
    private static final Duration TIME = Duration.ofMinutes(2);

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(change -> switch (change) {
            case Change.MemoryChange _ -> Optional.empty();
            case Change.TemplateRollback _, TemplateEdit _, PodEviction _ -> tooSoon(judged);
        });
    }

    private static Optional<Refusal> tooSoon(Case judged) {
        return begun(judged.evidence().pod())
                .filter(at -> at.plus(TIME).isAfter(judged.evidence().takenAt()))
                .flatMap(at -> Constraint.no(
                        RefusalReason.TOO_SOON,
                        "the pod began at %s, and is given until %s".formatted(at, at.plus(TIME))));
    }

    /** When the kubelet took the pod; the scheduler, where none has. */
    private static Optional<Instant> begun(Pod pod) {
        var status = pod.getStatus();
        return Stream.concat(
                        Stream.ofNullable(status.getStartTime()),
                        status.getConditions().stream()
                                .map(PodCondition::getLastTransitionTime)
                                .filter(Objects::nonNull)
                                .sorted())
                .findFirst()
                .map(Instant::parse);
    }
}
