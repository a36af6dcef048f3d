package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.redaction.Legible;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes an incident this one and no other, which never changes; and a person's word.
 *
 * @param ownerKind the kind of the pod's controller, or Pod if it has none
 * @param ownerName the name of the controller or pod
 * @param revision the revision of the workload's template: pod-template-hash, controller-revision-hash, or a hash of what runs
 * @param container the container's name; empty for a run that left no pod
 * @param failure the kind of failure, as Kubernetes spells it
 * @param approved set by a person: KubeSent may make the change that it only proposes. KubeSent never writes this field
 * @param approvedFingerprint set by a person: the approval is for the change with this status.verdict.fingerprint, whatever was proposed when it
 *     was written
 * @param approvedBy who set approved; the API server makes sure that it is true and does not change
 * @param approvedAgain set by a second person, who approves the same change, if the namespace asks for two (kubesent.dev/approvals: 2)
 * @param approvedAgainBy who set approvedAgain, in the same way
 * @param rejected set by a person: why KubeSent makes no change for this incident, as long as this field is set. It outweighs an approval
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = IncidentSpec.NEVER_CHANGES,
        message = "only a person's word may change: approved, approvedFingerprint, approvedAgain, rejected")
public record IncidentSpec(
        String ownerKind,
        String ownerName,
        String revision,
        String container,
        FailureKind failure,
        boolean approved,
        @Nullable String approvedFingerprint,
        @Nullable Approver approvedBy,
        boolean approvedAgain,
        @Nullable Approver approvedAgainBy,
        @Nullable String rejected) {

    /** CEL as Kubernetes 1.25 has it; a field that is empty is not there. */
    static final String NEVER_CHANGES = "self.failure == oldSelf.failure"
            + " && self.ownerKind == oldSelf.ownerKind"
            + " && self.ownerName == oldSelf.ownerName"
            + " && (has(self.revision) ? self.revision : '') == (has(oldSelf.revision) ? oldSelf.revision : '')"
            + " && (has(self.container) ? self.container : '') == (has(oldSelf.container) ? oldSelf.container : '')";

    public IncidentSpec {
        ownerName = Legible.line(Objects.requireNonNullElse(ownerName, ""));
        container = Legible.line(Objects.requireNonNullElse(container, ""));
        revision = Objects.requireNonNullElse(revision, "");
        rejected = rejected == null || rejected.isEmpty() ? null : Legible.line(cut(rejected));
    }

    /** Characters of a rejection that are read; whoever may update incidents may write a megabyte. */
    private static final int LONGEST_REJECTION = 500;

    private static String cut(String text) {
        return text.length() <= LONGEST_REJECTION ? text : text.substring(0, LONGEST_REJECTION) + " …";
    }

    public IncidentSpec(String ownerKind, String ownerName, String revision, String container, FailureKind failure) {
        this(ownerKind, ownerName, revision, container, failure, false, null, null, false, null, null);
    }
}
