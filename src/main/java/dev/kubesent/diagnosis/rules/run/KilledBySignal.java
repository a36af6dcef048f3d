package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * SIGKILL or SIGTERM, and no event that says who sent it. Not an OOM: Kubernetes would say OOMKilled. A program that was told to stop may
 * end with 0, and says so in its log.
 */
public final class KilledBySignal implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(crash -> crash.killedBySignal()
                        ? Optional.of(says(
                                crash,
                                Kind.OPEN,
                                "A signal ended the container (exit code %d), and nothing says who sent it."
                                        .formatted(crash.last().exitCode())))
                        : ToldToStop.in(crash.log(), crash.last().exitCode())
                                .map(_ -> says(
                                        crash,
                                        Kind.FITS,
                                        "It was asked to stop (SIGTERM) and ended in order with exit"
                                                + " code 0; nothing says who asked.")));
    }

    private Diagnosis says(CrashFacts crash, Kind worth, String explanation) {
        return says(
                Cause.KILLED_BY_SIGNAL,
                Confidence.of(worth).value(),
                explanation,
                List.of(crash.status()),
                Action.None.of(Cause.KILLED_BY_SIGNAL));
    }
}
