package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** The program ends by itself with an error; its last telling line says why, where it printed one. */
public final class ExitsWithError implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted() && !crash.killedBySignal())
                .filter(crash -> crash.last().exitCode() != 0
                        && !KilledByFault.isFault(crash.last().exitCode()))
                .map(crash -> crash.lastTellingLine()
                        .map(line -> says(crash, List.of(line, crash.status()), Kind.COMPLAINT, line.text()))
                        .orElseGet(() -> says(crash, List.of(crash.status()), Kind.FITS, unsaid(evidence))));
    }

    private static String unsaid(Evidence evidence) {
        return evidence.log().missing().isPresent() ? "its log could not be read" : "it left no log line";
    }

    private Diagnosis says(CrashFacts crash, List<Quote> quotes, Kind kind, String last) {
        return says(
                Cause.EXITS_WITH_ERROR,
                Confidence.of(kind).agreeing(crash.endedByItself()).value(),
                "The program ends with exit code %d: %s".formatted(crash.last().exitCode(), last),
                quotes,
                Action.None.of(Cause.EXITS_WITH_ERROR));
    }
}
