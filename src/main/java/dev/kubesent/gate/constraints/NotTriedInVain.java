package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.Touches;
import dev.kubesent.evidence.History;
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
        var revision = Incidents.revisionOf(evidence.failure(), evidence.pod(), evidence.controller());
        return history.acts().stream()
                .filter(act -> act.standing() == History.Standing.UNDONE)
                .filter(act -> isSame(change, act, revision))
                .findFirst()
                .flatMap(act -> Constraint.no(RefusalReason.TRIED_IN_VAIN, told(act)));
    }

    private static boolean isSame(Change change, History.Act act, String revision) {
        var ofTheRevision = act.revision().equals(revision);
        var ofTheContainer = act.container().equals(change.container());
        return act.deed() == change.deed()
                && switch (change.deed()) {
                    case RAISE -> ofTheContainer && (ofTheRevision || isSameOfAPod(change, act));
                    case ROLL_BACK, EDIT -> ofTheRevision;
                    case RESTART -> ofTheContainer && ofTheRevision;
                };
    }

    private static boolean isSameOfAPod(Change change, History.Act act) {
        return change.touches() == Touches.POD
                && act instanceof History.Raised raised
                && change.memory()
                        .map(MemoryRaise::from)
                        .filter(raised.from()::equals)
                        .isPresent();
    }

    private static String told(History.Act act) {
        return switch (act) {
            case History.Raised raised ->
                "raising %s from %s at %s did not help, and was taken back"
                        .formatted(raised.container(), raised.from(), raised.at());
            case History.RolledBack back ->
                "going back to %s at %s did not help, and was taken back".formatted(back.to(), back.at());
            case History.Edited edited ->
                "setting %s at %s did not help, and was taken back".formatted(edited.to(), edited.at());
            case History.Restarted restarted -> "a new pod at %s did not help".formatted(restarted.at());
        };
    }
}
