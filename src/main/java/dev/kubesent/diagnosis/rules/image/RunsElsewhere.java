package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.action.CorrectImage;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import java.util.List;

/**
 * Whether another tag of the repository runs in this namespace, or else in this cluster, where the one that is asked for does not exist: then that one is proven to
 * exist, and to run. Only for a workload that never lived; one that has an earlier revision goes back to that.
 */
public final class RunsElsewhere {

    private RunsElsewhere() {}

    public static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence) {
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        var isNew = rollout.isBroken() && rollout.isFirst();
        if (diagnosis.cause() != Cause.IMAGE_NOT_FOUND
                || !isNew
                || diagnosis.action().isHealing()
                || !(evidence.failure() instanceof Failure.ImagePull pull)) {
            return diagnosis;
        }
        return Typo.ofSameRepository(
                        pull.image(), evidence.around().images().present().orElse(List.of()))
                .map(other -> weighed(diagnosis, pull.image(), other))
                .orElse(diagnosis);
    }

    private static Diagnosis weighed(Diagnosis diagnosis, String image, RunningImage running) {
        var other = running.image();
        var text = "'" + other + "' runs " + running.place();
        return new Diagnosis(
                        diagnosis.cause(),
                        new Confidence(diagnosis.confidence())
                                .agreeing(Typo.isSlip(image, other))
                                .value(),
                        diagnosis.explanation(),
                        diagnosis.quotes(),
                        new CorrectImage(other),
                        diagnosis.rule())
                .with("Of the same repository, " + text + ".", new Quote(Source.IMAGES, text));
    }
}
