package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the gate decided, as it is written into an incident. */
record Verdicts(Clock clock) {

    /** After which what was given time is judged again, at the latest. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final String OVER =
            RefusalReason.NOT_FAILING_ANY_MORE + ": the pod is gone, or does not show it any more";

    /** @param decision what it led to */
    VerdictRecord refused(IncidentStatus status, Phase decision, Refused refused) {
        var reasons = Stream.concat(refused.reasons().stream().map(Refusal::toString), dropped(status))
                .toList();
        var again = refused.isFor(RefusalReason.TOO_SOON) ? again(refused) : null;
        return switch (refused.plan()) {
            case Plan.Nothing _ -> new VerdictRecord(decision.name(), reasons, "", "", "", now(), null, again);
            case Plan.Planned(var change) ->
                new VerdictRecord(
                        decision.name(),
                        reasons,
                        change.display(),
                        change.patchYaml(),
                        change.fingerprint(),
                        now(),
                        since(status.verdict(), change),
                        again);
        };
    }

    /** When the time that was given is over: whoever waits for longer waits in vain. */
    private Instant again(Refused refused) {
        var soon = now().plus(SOON);
        return refused.reasons().stream()
                .flatMap(refusal -> refusal.until().stream())
                .filter(soon::isAfter)
                .max(Comparator.naturalOrder())
                .orElse(soon);
    }

    VerdictRecord approved(IncidentStatus status, Approved approved) {
        return new VerdictRecord(
                "Approved",
                Stream.concat(
                                approved.waived().stream().map(refusal -> "set aside by an approval: " + refusal),
                                dropped(status))
                        .toList(),
                approved.change().display(),
                approved.change().patchYaml(),
                approved.change().fingerprint(),
                now(),
                null,
                null);
    }

    /** There is nothing left to decide about. */
    VerdictRecord over() {
        return new VerdictRecord(Phase.Closed.name(), List.of(OVER), "", "", "", now(), null, null);
    }

    /** A change that is proposed again has been proposed all along. */
    private Instant since(@Nullable VerdictRecord before, Change change) {
        return before != null && before.since() != null && before.fingerprint().equals(change.fingerprint())
                ? before.since()
                : now();
    }

    /** What a model's patch asked for beyond what may be changed. */
    private static Stream<String> dropped(IncidentStatus status) {
        return status.opinion() == null
                ? Stream.of()
                : status.opinion().dropped().stream().map(path -> "dropped from the model's patch: " + path);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
