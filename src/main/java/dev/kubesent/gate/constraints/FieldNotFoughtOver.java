package dev.kubesent.gate.constraints;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldConflict;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the API server who else sets this very field: a server-side apply that may not force, as a dry run. A plain patch
 * would take the field without a word (kubernetes.io, Server-Side Apply, "Conflicts"), and its owner would take it back.
 */
final class FieldNotFoughtOver implements Constraint {

    private final DryRun dryRun;

    FieldNotFoughtOver(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.inScope() ? judged.change().flatMap(change -> owned(judged, change)) : Optional.empty();
    }

    private Optional<Refusal> owned(Case judged, Change change) {
        var others = conflicts(change).stream()
                .map(FieldConflict::manager)
                .filter(manager -> !judged.policy().mayChangeFieldsOf(manager))
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.OWNED_BY_ANOTHER,
                        "the field manager %s sets it (KUBESENT_MANAGERS)".formatted(others));
    }

    private List<FieldConflict> conflicts(Change change) {
        var subresource = switch (change) {
            case Change.TemplatePatch _, Change.TemplateRollback _, Change.TemplateEdit _ -> Subresource.NONE;
            case Change.PodResize _, Change.PodReplacement _ -> Subresource.RESIZE;
        };
        try {
            return dryRun.conflicts(change.target(), subresource, change.fragment());
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return List.of(); // ServerAccepts says what is wrong with the change itself
        }
    }
}
