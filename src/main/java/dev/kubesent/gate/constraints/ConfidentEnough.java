package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.failure.Failure;
import java.util.Optional;

/** Confidence can only veto; passing it permits nothing. Where nothing is to be done, there is nothing to be sure of. */
final class ConfidentEnough implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var confidence = judged.diagnosis().confidence();
        return switch (judged.diagnosis().action()) {
            case Action.None _ -> Optional.empty();
            case Action.RaiseMemory _ ->
                confidence < judged.policy().confidence()
                        ? no(RefusalReason.CONFIDENCE_TOO_LOW, judged)
                        : Optional.empty();
            // A digest is pinned content, and its tag may be another build.
            case Action.CorrectImage _
            when isPinned(judged) ->
                Constraint.no(RefusalReason.NOT_PROVEN, "a digest was asked for: a person has to approve its tag");
            // What it goes to lives, or costs nothing, and can be gone back from: so a person may decide what only
            // fits.
            case Action.RollBack _, Action.CorrectImage _, Action.AllowStart _, Action.AskThePort _ ->
                confidence < judged.policy().confidence() ? no(RefusalReason.NOT_PROVEN, judged) : Optional.empty();
            // A log can say anything to a model, and a model to us.
            case Action.SetField _ ->
                Constraint.no(RefusalReason.NOT_PROVEN, "a model suggests it: a person has to approve it");
            // Whatever the cause is: that this pod is the odd one out is what has to be certain.
            case Action.Restart(var certainty) ->
                certainty < judged.policy().confidence()
                        ? Constraint.no(
                                RefusalReason.NOT_PROVEN,
                                "that it is this pod alone: %d of the %d needed"
                                        .formatted(certainty, judged.policy().confidence()))
                        : Optional.empty();
        };
    }

    private static boolean isPinned(Case judged) {
        return judged.evidence().failure() instanceof Failure.ImagePull pull
                && pull.image().contains("@");
    }

    private static Optional<Refusal> no(RefusalReason reason, Case judged) {
        return Constraint.no(
                reason,
                judged.diagnosis().confidence() + " of the " + judged.policy().confidence() + " needed");
    }
}
