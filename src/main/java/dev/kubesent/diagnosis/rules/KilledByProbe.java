package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kubelet killed it for its probe. It shows as exit code 137, 143, or whatever the program answers SIGTERM with, 0
 * included: only the event says who did it.
 */
final class KilledByProbe implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(
                        crash -> ProbeKills.of(evidence).stream().findFirst().map(kill -> says(crash, kill, evidence)));
    }

    private Diagnosis says(CrashFacts crash, Quote kill, Evidence evidence) {
        var quotes = Stream.of(List.of(kill), ProbeKills.failures(evidence), List.of(crash.status()))
                .flatMap(List::stream)
                .toList();
        return says(
                Cause.KILLED_BY_PROBE,
                // An exit code of 1 is rather the program's own; the kill may then be an earlier one's.
                crash.last().exitCode() == 1 ? Confidence.LIKELY : Confidence.PROVEN,
                "The kubelet killed the container because its probe kept failing.",
                quotes,
                new Action.None(
                        "See whether the probe asks the right port and path, and gives the start enough time."));
    }
}
