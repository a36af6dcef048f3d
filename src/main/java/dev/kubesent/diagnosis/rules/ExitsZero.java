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

/** The program ends without an error, and is restarted because its restartPolicy says Always. */
final class ExitsZero implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> crash.last().exitCode() == 0)
                .map(crash -> says(
                        Cause.EXITS_ZERO,
                        Confidence.RECOGNISED,
                        "The program ends by itself with exit code 0 and is restarted each time.",
                        quotes(crash),
                        new Action.None("A task that ends belongs into a Job; a server must stay in the foreground.")));
    }

    private static List<Quote> quotes(CrashFacts crash) {
        return Stream.concat(Stream.of(crash.status()), crash.lastTellingLine().stream())
                .toList();
    }
}
