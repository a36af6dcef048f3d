package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.History;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.incident.Incidents;
import java.util.Optional;

/**
 * What was done to this revision, did not help and was taken back is not done to it again. A bare pod has a revision of its
 * own with every uid, so there the same limit of the same container counts.
 */
final class NotTriedInVain implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change ->
                        judged.knowing(judged.evidence().history(), history -> inVain(judged, change, history)));
    }

    private static Optional<Refusal> inVain(Case judged, Change change, History history) {
        var evidence = judged.evidence();
        var revision = Incidents.revisionOf(evidence.failure(), evidence.pod());
        return history.raises(change.raise().container()).stream()
                .filter(act -> act.standing() == History.Standing.UNDONE)
                .filter(act -> act.revision().equals(revision) || isSameOfAPod(change, act))
                .findFirst()
                .flatMap(act -> Constraint.no(
                        RefusalReason.TRIED_IN_VAIN,
                        "raising %s from %s at %s did not help, and was taken back"
                                .formatted(act.container(), act.raise().from(), act.at())));
    }

    private static boolean isSameOfAPod(Change change, History.Act act) {
        MemoryRaise raise = change.raise();
        return switch (change) {
            case Change.PodResize _, Change.PodReplacement _ ->
                act.raise().from().equals(raise.from());
            case Change.TemplatePatch _ -> false;
        };
    }
}
