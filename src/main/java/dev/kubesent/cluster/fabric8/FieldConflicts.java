package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.FieldConflict;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads the owners out of a 409 that a server-side apply was refused with. */
final class FieldConflicts {

    /**
     * A cause's message: {@code conflict with "kubectl-edit" using apps/v1 at 2026-…}; of one who has applied, {@code conflict with "helm"}, and no
     * version (apimachinery, util/managedfields/internal/conflict.go).
     */
    private static final Pattern MANAGER =
            Pattern.compile("conflict with \"([^\"]*)\"(?: with subresource \"[^\"]*\")?( using )?");

    private FieldConflicts() {}

    /** @throws ClusterException where it was refused for anything else */
    static List<FieldConflict> of(ApiRequests.Answer apply) {
        var details = apply.status().getDetails();
        var conflicts = apply.code() != 409 || details == null
                ? List.<FieldConflict>of()
                : details.getCauses().stream()
                        .filter(cause -> "FieldManagerConflict".equals(cause.getReason()))
                        .map(FieldConflicts::conflict)
                        .toList();
        if (conflicts.isEmpty()) {
            var _ = apply.orRefused();
        }
        return conflicts;
    }

    private static FieldConflict conflict(StatusCause cause) {
        var message = Objects.requireNonNullElse(cause.getMessage(), "");
        var manager = MANAGER.matcher(message);
        var field = Objects.requireNonNullElse(cause.getField(), "");
        return manager.find()
                ? new FieldConflict(manager.group(1), manager.group(2) == null, field)
                : new FieldConflict(message, false, field);
    }
}
