package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises why a container could not be started, or its program not be loaded, by a sentence of the kubelet, the runtime, the loader or
 * the shell. It stands in the status, in an event, or as the only line of the log (research/failures.md, 11).
 */
interface StartRule extends Rule {

    Cause cause();

    Pattern text();

    /** Whether the loader, the kernel or a shell says it in place of the program, so that it stands in the log. */
    default boolean isSaidInTheLog() {
        return false;
    }

    String explain(Matcher found);

    String advice();

    @Override
    default Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence).flatMap(this::judge);
    }

    private Optional<Diagnosis> judge(CrashFacts crash) {
        var all = crash.startTexts(isSaidInTheLog()).stream()
                .filter(said -> text().matcher(said.raw()).find())
                .toList();
        return all.stream().findFirst().map(said -> {
            var found = text().matcher(said.raw());
            var _ = found.find();
            return says(
                    cause(),
                    confidence(crash, all.size()),
                    explain(found),
                    all.stream().map(Said::quote).toList(),
                    new Action.None(advice()));
        });
    }

    private static int confidence(CrashFacts crash, int places) {
        return Confidence.of(Kind.SENTENCE)
                .agreeing(crash.neverStarted() || crash.couldNotExecute())
                .agreeing(places > 1)
                // What ran, and ended without an error or by a kill, was started.
                .contradicted(crash.last().exitCode() == 0 || crash.killedBySignal())
                .value();
    }
}
