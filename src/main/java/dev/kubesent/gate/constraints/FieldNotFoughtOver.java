package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldConflict;
import dev.kubesent.gate.bounds.GatePolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asks the API server who else sets this very field: a server-side apply that may not force, as a dry run. A plain patch
 * would take the field without a word (kubernetes.io, Server-Side Apply, "Conflicts"), and its owner would take it back.
 */
final class FieldNotFoughtOver implements Constraint {

    /**
     * Those that overwrite what others have changed since. Whoever applies without force (Helm 4) is refused from then on, each time, until a person
     * steps in: healing would block its next release. People (kubectl) see the conflict and decide.
     */
    private static final Set<String> FORCE = Set.of("kustomize-controller", "argocd-controller");

    private static final String PEOPLE = "kubectl";

    private final DryRun dryRun;

    FieldNotFoughtOver(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.inScope() ? judged.change().flatMap(change -> owned(judged, change)) : Optional.empty();
    }

    private Optional<Refusal> owned(Case judged, Change change) {
        try {
            return owned(judged, conflicts(change));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            if (e.isForWantOfARight() || e.isOfOurPolicy()) {
                return Optional.empty(); // ServerAccepts meets the same, and says so
            }
            // There are templates that are legal, and that server-side apply does not take; what is wrong with an
            // amount, ServerAccepts says.
            return change.memory().isPresent()
                    ? Optional.empty()
                    : Constraint.no(RefusalReason.CANNOT_TELL, "who owns these fields: " + e.getMessage());
        }
    }

    private static Optional<Refusal> owned(Case judged, List<FieldConflict> conflicts) {
        var policy = judged.policy();
        var others = named(conflicts, owner -> !policy.mayChangeFieldsOf(owner.manager()));
        if (!others.isEmpty()) {
            return Constraint.no(
                    RefusalReason.OWNED_BY_ANOTHER,
                    "the field manager %s sets it (KUBESENT_MANAGERS)".formatted(others));
        }
        var blocked = named(conflicts, FieldNotFoughtOver::wouldBeBlocked);
        return blocked.isEmpty()
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.OWNED_BY_ANOTHER,
                        "%s applies it server-side, and its next apply (helm upgrade) would fail with a conflict; change it there, or let that one force conflicts"
                                .formatted(blocked));
    }

    private static boolean wouldBeBlocked(FieldConflict owner) {
        return owner.isApplied()
                && !FORCE.contains(owner.manager())
                && !owner.manager().startsWith(PEOPLE)
                && !owner.manager().equals(GatePolicy.OURSELVES);
    }

    private static String named(List<FieldConflict> conflicts, Predicate<FieldConflict> which) {
        return conflicts.stream()
                .filter(which)
                .map(FieldConflict::manager)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Of a Job, too, the server says whose it is before it says that the template cannot be changed. */
    private List<FieldConflict> conflicts(Change change) {
        return change.setsFields()
                ? dryRun.conflicts(change.target(), change.touches().subresource(), change.fragment())
                : List.of();
    }
}
