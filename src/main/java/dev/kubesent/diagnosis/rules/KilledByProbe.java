package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kubelet killed it for its probe. It shows as exit code 137, 143, or whatever the program answers SIGTERM with, 0
 * included: only the event says who did it. Which fault of the probe's or the program's it is, other rules say where it shows.
 */
final class KilledByProbe implements Rule {

    private static final Pattern REFUSED = Pattern.compile("(?i)connection refused");

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
                // Which fault it is, of the probe or of the program, is left open.
                Confidence.of(Kind.COMPLAINT)
                        .agreeing(!ProbeKills.failures(evidence).isEmpty())
                        .agreeing(crash.endFitsAKill())
                        // Another end is rather the program's own; the kill may then be an earlier one's.
                        .contradicted(!crash.endFitsAKill())
                        .value(),
                "The kubelet killed the container because its probe kept failing."
                        + ProbeFacts.of(evidence).map(KilledByProbe::hint).orElse(""),
                quotes,
                new Action.None(
                        "See whether the probe asks the right port and path, and gives the start enough time."));
    }

    /** What is left open, as far as it can be narrowed down. */
    private static String hint(ProbeFacts probe) {
        if (!probe.says(REFUSED)) {
            return "";
        }
        var port = probe.port().map(number -> " on port " + number).orElse("");
        return probe.neverPassed()
                ? " Nothing ever answered%s: another port, a program that listens nowhere, or a start that takes longer than %d s."
                        .formatted(port, probe.allowed().toSeconds())
                : " It answered%s before, and no longer listens there.".formatted(port);
    }
}
