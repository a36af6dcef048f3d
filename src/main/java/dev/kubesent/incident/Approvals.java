package dev.kubesent.incident;

import dev.kubesent.incident.IncidentStatus.ActRecord;
import dev.kubesent.incident.IncidentStatus.ApprovalRecord;
import dev.kubesent.incident.IncidentStatus.VerdictRecord;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's word off an incident: {@code spec.approved}, and from managedFields who set it and when. The API server
 * writes those; whoever may write incidents at all can write them too (docs/known-limits.md).
 */
final class Approvals {

    private Approvals() {}

    /** What was said since KubeSent last looked, and is for what was proposed then. */
    static Optional<ApprovalRecord> anew(Incident incident) {
        var status = incident.progress();
        return said(incident)
                .filter(said -> status.approval() == null
                        || said.at().isAfter(status.approval().at()))
                .map(said -> new ApprovalRecord(said.by(), said.at(), proposed(status.verdict())));
    }

    /** What stands: said, not taken back, and not used yet. */
    static Optional<ApprovalRecord> standing(Incident incident) {
        var status = incident.progress();
        return Optional.ofNullable(status.approval())
                .filter(_ -> incident.getSpec().approved())
                .filter(approval ->
                        status.acts().stream().map(ActRecord::at).noneMatch(at -> at.isAfter(approval.at())));
    }

    private record Said(String by, Instant at) {}

    private static Optional<Said> said(Incident incident) {
        if (incident.getSpec() == null || !incident.getSpec().approved()) {
            return Optional.empty();
        }
        return incident.getMetadata().getManagedFields().stream()
                .filter(Approvals::setsApproved)
                .filter(entry -> entry.getTime() != null)
                .map(entry -> new Said(
                        Objects.requireNonNullElse(entry.getManager(), "unknown"), Instant.parse(entry.getTime())))
                .max(Comparator.comparing(Said::at));
    }

    private static boolean setsApproved(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:approved");
    }

    private static String proposed(@Nullable VerdictRecord verdict) {
        return verdict == null ? "" : verdict.change();
    }
}
