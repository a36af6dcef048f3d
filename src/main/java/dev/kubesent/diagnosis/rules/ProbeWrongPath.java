package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;
import java.util.regex.Pattern;

/** The program answers the probe: with a status that says that there is nothing, or nothing for strangers, at that path. */
final class ProbeWrongPath implements Rule {

    private static final Pattern TEXT = Pattern.compile("statuscode: (?<status>40[1345])");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                // Servers answer 404 while they deploy; and what it answered before, it has.
                .filter(probe -> probe.neverPassed() && probe.words().starting().isEmpty())
                .map(probe -> says(
                        Cause.PROBE_WRONG_PATH,
                        probe.confidence().agreeing(true).value(),
                        "The program answers the probe's path with %s: it is up, and is killed for the path."
                                .formatted(status(probe)),
                        probe.quotes(),
                        action(probe)));
    }

    /** What asks for a signature there is there: then it is for a person to say what may be asked without. */
    private static Action action(ProbeFacts probe) {
        return "404".equals(status(probe)) && !probe.isStartup()
                ? new Action.AskThePort()
                : new Action.None("Correct the probe's path, or let it be read without signing in.");
    }

    private static String status(ProbeFacts probe) {
        var found = TEXT.matcher(probe.why().text());
        return found.find() ? found.group("status") : "";
    }
}
