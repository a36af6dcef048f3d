package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.History;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Change.TemplateRollback;
import dev.kubesent.gate.JobPatch;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
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
        return switch (act) {
            case History.Raised raised ->
                change.memory()
                        .filter(raise -> raise.container().equals(raised.container()))
                        .filter(raise -> raised.revision().equals(revision) || isSameOfAPod(change, raised))
                        .isPresent();
            case History.RolledBack back ->
                (change instanceof TemplateRollback || change instanceof TrafficPin)
                        && back.revision().equals(revision);
            case History.Edited edited ->
                change instanceof TemplateEdit && edited.revision().equals(revision);
            case History.Restarted restarted ->
                change instanceof PodEviction eviction
                        && eviction.container().equals(restarted.container())
                        && restarted.revision().equals(revision);
        };
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

    private static boolean isSameOfAPod(Change change, History.Raised act) {
        return switch (change) {
            case Change.PodResize(var _, var raise, var _) -> act.from().equals(raise.from());
            case Change.PodReplacement(var _, var raise, var _, var _) ->
                act.from().equals(raise.from());
            case Change.TemplatePatch _, JobPatch _, TemplateRollback _, TemplateEdit _, PodEviction _, TrafficPin _ ->
                false;
        };
    }
}
