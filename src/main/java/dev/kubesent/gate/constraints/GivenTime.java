package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rollout is given some time to come up before its template is changed: what it waits for may be on its way, made by the same apply. Its
 * earlier revision serves meanwhile, so nothing is lost by it. So is a pod that its kubelet restarts, while its siblings serve.
 */
final class GivenTime implements Constraint {

    /** As long as a failure of something else has to last while a change is watched. */
    private static final Duration TIME = Duration.ofMinutes(2);

    /** With the kubelet's back-off, after about a minute. */
    private static final int RESTARTS = 3;

    /** From when it was first seen: its restarts may be of long ago. */
    private static final Duration SEEN = Duration.ofMinutes(1);

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(change -> switch (change.grace()) {
            case NONE -> Optional.empty();
            case TO_COME_UP -> tooSoon(judged);
            case TO_BE_RESTARTED -> tooSoon(judged).or(() -> restarts(judged.evidence()));
            case TO_STAY_DOWN ->
                tooSoon(judged).or(() -> restarts(judged.evidence())).or(() -> justSeen(judged.evidence()));
        });
    }

    /** What the kubelet restarts in place may come up by that. */
    private static Optional<Refusal> restarts(Evidence evidence) {
        return evidence.failure()
                .crash()
                .filter(crash -> crash.subject().restarts() < RESTARTS)
                .filter(crash -> crash.last().finished().isPresent()) // what never began is not restarted
                .flatMap(crash -> Constraint.no(
                        RefusalReason.TOO_SOON,
                        "it was restarted in place %d times; KubeSent waits for %d"
                                .formatted(crash.subject().restarts(), RESTARTS)));
    }

    /** Its restarts may be of a trouble of long ago. */
    private static Optional<Refusal> justSeen(Evidence evidence) {
        return evidence.history()
                .present()
                .flatMap(History::seen)
                .map(first -> first.plus(SEEN))
                .filter(until -> until.isAfter(evidence.takenAt()))
                .map(until -> new Refusal(
                        RefusalReason.TOO_SOON,
                        "it has only just failed; KubeSent waits until " + until,
                        Optional.of(until)));
    }

    private static Optional<Refusal> tooSoon(Case judged) {
        return begun(judged.evidence().pod())
                .filter(at -> at.plus(TIME).isAfter(judged.evidence().takenAt()))
                .map(at -> new Refusal(
                        RefusalReason.TOO_SOON,
                        "the pod began at %s, and is given until %s".formatted(at, at.plus(TIME)),
                        Optional.of(at.plus(TIME))));
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
