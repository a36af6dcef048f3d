package dev.kubesent.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.failure.FailureKind;
import java.util.List;

/**
 * Changes one field of one container in the controller's pod template. The record of it does not hold the patch, for the reason of
 * {@link Change.TemplateRollback}; the revision it came from holds what there was before.
 *
 * @param field of the container, as {@code image}
 * @param before what a person reads; empty where the field was not there
 * @param after what a person reads
 * @param template what the template is like afterwards, as a fingerprint
 */
@JsonIgnoreProperties("operations")
public record TemplateEdit(
        ObjectRef target,
        Permission permission,
        FailureKind failure,
        String container,
        RevisionRef from,
        String field,
        String before,
        String after,
        List<PatchOperation> operations,
        List<ObjectRef> stuckPods,
        String template)
        implements Change {

    public TemplateEdit {
        operations = operations == null ? List.of() : List.copyOf(operations);
        stuckPods = List.copyOf(stuckPods);
    }

    /** A probe is told and not shown: its headers, or its command, may hold a password; so may other variables. */
    @Override
    @JsonIgnore
    public String patchYaml() {
        return switch (permission) {
            case PROBE, ENV -> "# containers[%s].%s: %s%n".formatted(container, field, after);
            case IMAGE, COMMAND, MEMORY, ROLLBACK, RESTART -> KubernetesJson.yaml(fragment());
        };
    }

    @Override
    @JsonIgnore
    public String purpose() {
        return "set %s of container %s in %s to %s".formatted(field, container, target.display(), after);
    }

    @Override
    @JsonIgnore
    public List<String> diff() {
        var name = "containers[" + container + "]." + field + ": ";
        var where = target.display() + " in " + target.namespace();
        return before.isEmpty()
                ? List.of(where, "+ " + name + after)
                : List.of(where, "- " + name + before, "+ " + name + after);
    }
}
