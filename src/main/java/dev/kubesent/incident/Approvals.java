package dev.kubesent.incident;

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

    /** Characters: SHA-256 in hexadecimal. */
    private static final int FINGERPRINT = 64;

    private Approvals() {}

    /** What was said since KubeSent last looked; a word for nothing where another change was proposed by then. */
    static Optional<ApprovalRecord> anew(Incident incident) {
        var status = incident.progress();
        var generation = generation(incident);
        return said(incident)
                .filter(_ -> status.approval() == null
                        || generation > status.approval().generation())
                .map(said -> new ApprovalRecord(said.by(), said.at(), generation, meant(said, incident), false));
    }

    /** What stands: said, not taken back, and not used yet. */
    static Optional<ApprovalRecord> standing(Incident incident) {
        return Optional.ofNullable(incident.progress().approval())
                .filter(approval -> incident.getSpec().approved() && !approval.used());
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

    private static long generation(Incident incident) {
        return Objects.requireNonNullElse(incident.getMetadata().getGeneration(), 0L);
    }

    /** What it names; else what was proposed then. A name that is none is for nothing. */
    private static String meant(Said said, Incident incident) {
        var named = incident.getSpec().approvedFingerprint();
        if (named == null || named.isEmpty()) {
            return proposedAt(said.at(), incident.progress().verdict());
        }
        return named.length() == FINGERPRINT ? named : "";
    }

    /** Times are of whole seconds, by two clocks: what was proposed in the second of the word may have come after it. */
    private static String proposedAt(Instant said, @Nullable VerdictRecord verdict) {
        return verdict == null || (verdict.since() != null && !verdict.since().isBefore(said))
                ? ""
                : verdict.fingerprint();
    }

    private static boolean setsApproved(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && (spec.containsKey("f:approved") || spec.containsKey("f:approvedFingerprint"));
    }
}
