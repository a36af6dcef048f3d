package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.History.Standing;
import dev.kubesent.incident.Incidents;
import java.util.Optional;

/** Who rolls out again what was taken back means it, or has a tool that does: neither is to be fought with. */
final class NotPushedAgain implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .filter(change -> change.deed().isOfARevision())
                .flatMap(_ -> judged.knowing(judged.evidence().history(), history -> pushedAgain(judged, history)));
    }

    private static Optional<Refusal> pushedAgain(Case judged, History history) {
        var evidence = judged.evidence();
        var revision = Incidents.revisionOf(evidence.failure(), evidence.pod(), evidence.controller());
        return history.acts().stream()
                .filter(act -> act.deed().isOfARevision()
                        && act.standing() != Standing.UNDONE
                        && act.revision().equals(revision))
                .findFirst()
                .flatMap(act -> Constraint.no(
                        RefusalReason.PUSHED_AGAIN,
                        "this revision was healed at %s, and was rolled out again".formatted(act.at())));
    }
}
