package dev.kubesent.gate.constraints;

import dev.kubesent.evidence.History;
import dev.kubesent.evidence.History.Standing;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
import dev.kubesent.incident.Incidents;
import java.util.Optional;

/** Who rolls out again what was taken back means it, or has a tool that does: neither is to be fought with. */
final class NotPushedAgain implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .filter(change -> switch (change) {
                    case Change.TemplateRollback _, TemplateEdit _, TrafficPin _ -> true;
                    case Change.MemoryChange _, PodEviction _ -> false;
                })
                .flatMap(_ -> judged.knowing(judged.evidence().history(), history -> pushedAgain(judged, history)));
    }

    private static Optional<Refusal> pushedAgain(Case judged, History history) {
        var evidence = judged.evidence();
        var revision = Incidents.revisionOf(evidence.failure(), evidence.pod(), evidence.controller());
        return history.acts().stream()
                .filter(act -> isOfTheRevision(act)
                        && act.standing() != Standing.UNDONE
                        && act.revision().equals(revision))
                .findFirst()
                .flatMap(act -> Constraint.no(
                        RefusalReason.PUSHED_AGAIN,
                        "this revision was mended at %s, and was rolled out again".formatted(act.at())));
    }

    private static boolean isOfTheRevision(History.Act act) {
        return switch (act) {
            case History.RolledBack _, History.Edited _ -> true;
            case History.Raised _, History.Restarted _ -> false;
        };
    }
}
