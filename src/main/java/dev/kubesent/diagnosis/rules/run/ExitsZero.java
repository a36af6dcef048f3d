package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** The program ends without an error, and is restarted because its restartPolicy says Always. */
public final class ExitsZero implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> crash.last().exitCode() == 0)
                .map(crash -> says(
                        Cause.EXITS_ZERO,
                        Confidence.of(Kind.FIELD)
                                .contradicted(!crash.endedWell()
                                        || ToldToStop.in(
                                                        crash.log(),
                                                        crash.last().exitCode())
                                                .isPresent())
                                // Killed for its probe, it may answer SIGTERM with 0.
                                .contradicted(!ProbeKills.of(evidence).isEmpty())
                                .value(),
                        "The program ends by itself with exit code 0 and is restarted each time." + last(crash),
                        List.of(crash.status()),
                        new Action.None(
                                isHelp(crash)
                                        ? "Give the container the command or arguments that its usage text names."
                                        : Cause.EXITS_ZERO.advice())));
    }

    private static boolean isHelp(CrashFacts crash) {
        return crash.log().entries().stream().anyMatch(entry -> entry.role() == Entry.Role.HELPS);
    }

    private static String last(CrashFacts crash) {
        if (isHelp(crash)) {
            return " It only prints how it is to be called (its usage), as without a command or with arguments that it"
                    + " does not take.";
        }
        return crash.lastTellingLine()
                .map(line -> " The last that it said: " + line.text())
                .orElse("");
    }
}
