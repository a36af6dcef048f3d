package dev.kubesent.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.failure.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pod template of an earlier revision, whose pods live. */
public record RollBack() implements Action {

    /** A release that never was ready is broken though its containers run. */
    @Override
    public boolean isForWhatIsDown() {
        return false;
    }

    @Override
    public String advice(String container) {
        return "KubeSent can go back to the last revision whose pods were healthy. Do the same (kubectl rollout"
                + " undo), or fix what the new revision brought.";
    }

    @Override
    public List<Cause> cures() {
        return Arrays.stream(Cause.values()).filter(Cause::isOfRevision).toList();
    }

    @Override
    public Optional<Refusal> whyNotProven(Evidence evidence) {
        return isOfBrokenTraffic(evidence) ? Optional.empty() : NewestRevision.whyNotBroken(evidence);
    }

    /** What never was ready has broken no traffic. */
    private static boolean isOfBrokenTraffic(Evidence evidence) {
        return !(evidence.failure() instanceof Failure.NotReady)
                && evidence.around()
                        .traffic()
                        .present()
                        .filter(TrafficFacts::isBroken)
                        .isPresent();
    }

    @Override
    public Sureness needs(Evidence evidence) {
        return new Sureness.OfTheCauseOrAPerson();
    }

    /** What it changes stands in the cluster, and not in the pod. */
    @Override
    public Optional<ObjectNode> inContainer(Evidence evidence) {
        return Optional.empty();
    }
}
