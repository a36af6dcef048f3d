package dev.kubesent.diagnosis.rules;

import dev.kubesent.action.Restart;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.RolloutFacts.Failing;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;

/**
 * Whether one pod fails while its siblings of the same template live, or all of one node do: then it is the pod, or its place, and another pod
 * may do better, whatever the cause is.
 */
final class FailsAlone {

    /** Below what the gate acts on by default: one sibling against one is for a person. */
    private static final int FITS_ONLY = 85;

    private FailsAlone() {}

    static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence) {
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        var isOdd = rollout.steady() > 0 && rollout.failing() != Failing.SEVERAL;
        return isOdd
                        && !diagnosis.action().isHealing()
                        && diagnosis.cause().mayBeOfOnePod()
                        && evidence.failure().isDown()
                        && !(evidence.failure() instanceof Failure.OomKilled)
                ? odd(diagnosis, rollout)
                : diagnosis;
    }

    private static Diagnosis odd(Diagnosis diagnosis, RolloutFacts rollout) {
        var certain = Confidence.of(Confidence.Kind.FIELD)
                .agreeing(true)
                .agreeing(rollout.failing() == Failing.ALL_OF_ONE_NODE)
                .value();
        var text = (rollout.failing() == Failing.ONE ? "it alone fails" : "all that fail are on one node")
                + "; healthy pods of the same revision: %d".formatted(rollout.steady());
        return new Diagnosis(
                        diagnosis.cause(),
                        diagnosis.confidence(),
                        diagnosis.explanation(),
                        diagnosis.quotes(),
                        new Restart(rollout.steady() > 1 ? certain : FITS_ONLY),
                        diagnosis.rule())
                .with("Of its siblings: " + text + ".", new Quote(Source.ROLLOUT, text));
    }
}
