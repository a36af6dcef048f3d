package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** The runtime could not execute the command: StartError with exit code 128, and no log at all. */
final class CommandCannotStart implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(CrashFacts::neverStarted)
                .map(crash -> says(
                        Cause.COMMAND_CANNOT_START,
                        Confidence.of(Kind.FITS)
                                .agreeing(crash.couldNotExecute())
                                .value(),
                        "The container's command could not be executed; the program never ran.",
                        List.of(crash.status()),
                        new Action.None("Compare the command with what is in the image.")));
    }
}
