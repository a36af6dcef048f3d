package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Set;

/**
 * Changes one field of one container in the controller's pod template. The record of it does not hold the patch, for the reason of
 * {@link TemplateRollback}; the revision it came from holds what there was before.
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
        implements RevisionChange {

    /** What can hold no password. */
    private static final Set<Permission> SHOWN = Set.of(Permission.IMAGE, Permission.COMMAND);

    public TemplateEdit {
        operations = operations == null ? List.of() : List.copyOf(operations);
        stuckPods = List.copyOf(stuckPods);
    }

    @Override
    public Deed deed() {
        return Deed.EDIT;
    }

    @Override
    public Set<String> keeps() {
        return Set.of("target", "failure", "container", "from", "template");
    }

    @Override
    public boolean maySet(String path, Set<String> fields) {
        return FieldPath.isWithin(path, permission.fields());
    }

    @Override
    public ObjectNode fields() {
        return Fragment.of(this);
    }

    @Override
    public String was() {
        return field + " " + (before.isEmpty() ? "(none)" : before);
    }

    @Override
    public String becomes() {
        return after;
    }

    /** A probe is told and not shown: its headers, or its command, may hold a password; so may other variables. */
    @Override
    public String patchYaml() {
        return SHOWN.contains(permission)
                ? KubernetesJson.yaml(fragment())
                : "# containers[%s].%s: %s%n".formatted(container, field, after);
    }

    @Override
    public String purpose() {
        return "set %s of container %s in %s to %s".formatted(field, container, target.display(), after);
    }

    @Override
    public List<String> diff() {
        var name = "containers[" + container + "]." + field + ": ";
        var where = target.display() + " in " + target.namespace();
        return before.isEmpty()
                ? List.of(where, "+ " + name + after)
                : List.of(where, "- " + name + before, "+ " + name + after);
    }
}
