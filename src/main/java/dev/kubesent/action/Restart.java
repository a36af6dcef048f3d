package dev.kubesent.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts.Failing;
import dev.kubesent.failure.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Another pod in place of this one, since its siblings of the same template live.
 *
 * @param certainty 0 to 100, as {@code diagnosis.Confidence} says, that it is this pod alone, whatever the cause
 */
public record Restart(int certainty) implements Action {

    @Override
    public String advice(String container) {
        return "KubeSent can put another pod in the place of this one, since others of its template are healthy."
                + " Delete the pod yourself, or find out what is different about it.";
    }

    @Override
    public List<Cause> cures() {
        return Arrays.stream(Cause.values()).filter(Cause::mayBeOfOnePod).toList();
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        return evidence.failure() instanceof Failure.OomKilled
                ? Proof.lacks("another pod would not have more memory")
                : evidence.around()
                        .rollout()
                        .whyNot(rollout -> rollout.steady() > 0 && rollout.failing() != Failing.SEVERAL
                                ? Optional.empty()
                                : Proof.lacks("it is not the only pod that fails, or no other pod of its revision is"
                                        + " healthy"));
    }

    /** Whatever the cause is: that this pod is the odd one out is what has to be certain. */
    @Override
    public Sureness needs(Evidence evidence) {
        return new Sureness.OfSomethingElse("that it is this pod alone", certainty);
    }

    /** The template stays as it is. */
    @Override
    public Optional<ObjectNode> inContainer(Evidence evidence) {
        return Optional.empty();
    }
}
