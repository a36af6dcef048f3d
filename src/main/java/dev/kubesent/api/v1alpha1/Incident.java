package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One failure of one container of one revision of a workload, and what KubeSent made of it. */
@Group("kubesent.dev")
@Version("v1alpha1")
@Kind("Incident")
@Plural("incidents")
@ShortNames("inc")
@AdditionalPrinterColumn(name = "Workload", jsonPath = ".status.workload")
@AdditionalPrinterColumn(name = "Failure", jsonPath = ".spec.failure")
@AdditionalPrinterColumn(name = "Cause", jsonPath = ".status.diagnosis.cause")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "Confidence",
        jsonPath = ".status.diagnosis.confidence",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.OWNER)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.FAILURE)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.APPROVED)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.PHASE)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.WORKLOAD)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.SEEN_IN)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.CHANGED_IN)
@AdditionalSelectableField(jsonPath = "." + SelectableFields.WAITS_FOR)
public final class Incident extends CustomResource<IncidentSpec, IncidentStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    /** The annotation that names the pod until the status does: an incident that waits for work is created, and not written to. */
    public static final String POD = "kubesent.dev/pod";

    @Override
    protected @Nullable IncidentSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable IncidentStatus initStatus() {
        return null;
    }

    /** The status; one that was created and not yet written to is at its very start. */
    @JsonIgnore
    public IncidentStatus progress() {
        var status = getStatus();
        return status == null ? IncidentStatus.EMPTY : status;
    }

    /** Whose failure it is, or was when it was last seen; empty for a run that left no pod. */
    @JsonIgnore
    public Optional<String> pod() {
        var seen = progress().seen();
        return seen != null
                ? Optional.ofNullable(seen.pod())
                : Optional.ofNullable(getMetadata().getAnnotations()).map(all -> all.get(POD));
    }

    /** Of one that was never taken, the pod that it was opened for is all that is known. */
    public IncidentStatus seen(IncidentStatus status, Instant now) {
        return status.seen() != null
                ? status
                : pod().map(pod -> status.withSeen(Seen.first(now, pod, 0))).orElse(status);
    }

    /** As it may leave the cluster: the record of an intent may hold a pod's whole environment. */
    public ObjectNode withoutRecord() {
        var tree = (ObjectNode) KubernetesJson.tree(this);
        if (tree.at("/status/intent") instanceof ObjectNode intent) {
            intent.remove("record");
        }
        return tree;
    }

    /** The same incident at the same resourceVersion, with another status. */
    public Incident with(IncidentStatus status) {
        var next = new Incident();
        next.setMetadata(getMetadata());
        next.setSpec(getSpec());
        next.setStatus(status);
        return next;
    }
}
