package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.ApprovalRecord;
import dev.kubesent.api.v1alpha1.Approver;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's word off an incident: {@code spec.approved}, from managedFields by which tool and when, and from {@code spec.approvedBy} by
 * whom and to what. The API server writes those; where the admission policies are not, whoever may write incidents at all can write them
 * too (docs/known-limits.md).
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
                .map(said -> {
                    var meant = meant(said, incident);
                    return new ApprovalRecord(
                            said.by(), people(incident.getSpec(), meant), said.at(), generation, meant, false);
                })
                .filter(said -> status.approval() == null || !said.isTheSameWordAs(status.approval()));
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

    /** What it names; else what stood there, as the API server saw it; else what was proposed then. A name that is none is for nothing. */
    private static String meant(Said said, Incident incident) {
        var spec = incident.getSpec();
        return named(spec, spec.approvedBy())
                .map(named -> named.length() == FINGERPRINT ? named : "")
                .orElseGet(() -> proposedAt(said.at(), incident.progress().verdict()));
    }

    private static Optional<String> named(IncidentSpec spec, @Nullable Approver approver) {
        return Optional.ofNullable(spec.approvedFingerprint())
                .filter(named -> !named.isEmpty())
                .or(() -> Optional.ofNullable(approver).map(Approver::change));
    }

    /** A second one only where he said yes to the same, and is another. */
    private static List<Approver> people(IncidentSpec spec, String meant) {
        var first = Optional.ofNullable(spec.approvedBy())
                .filter(person -> !person.name().isEmpty());
        var second = Optional.ofNullable(spec.approvedAgainBy())
                .filter(person -> spec.approvedAgain() && !person.name().isEmpty())
                .filter(person -> first.isPresent() && !first.get().name().equals(person.name()))
                .filter(person -> named(spec, person).filter(meant::equals).isPresent());
        return Stream.concat(first.stream(), second.stream()).toList();
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
