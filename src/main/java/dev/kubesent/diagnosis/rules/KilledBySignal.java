package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** SIGKILL or SIGTERM, and no event that says who sent it. Not an OOM: Kubernetes would say OOMKilled. */
final class KilledBySignal implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(CrashFacts::killedBySignal)
                .map(crash -> says(
                        Cause.KILLED_BY_SIGNAL,
                        Confidence.of(Kind.OPEN).value(),
                        "A signal ended the container (exit code %d), and nothing says who sent it."
                                .formatted(crash.last().exitCode()),
                        List.of(crash.status()),
                        new Action.None(
                                "Look for what ends it: a probe, the program itself, or somebody on the node.")));
    }
}
