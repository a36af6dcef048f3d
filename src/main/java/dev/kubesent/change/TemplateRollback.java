package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Patches the controller's pod template back to what it was in an earlier revision. The record of it does not hold the template: whoever
 * may write incidents could put another one there, and a template may hold passwords.
 *
 * @param failure which is to be cured by it, of this container
 * @param changes what that changes, without credentials
 * @param operations empty in a record that was read back: what is left of it is then read from the cluster
 * @param stuckPods failing pods that the controller will not replace by itself
 * @param template what the template is like afterwards, as a fingerprint
 */
@JsonIgnoreProperties("operations")
public record TemplateRollback(
        ObjectRef target,
        FailureKind failure,
        String container,
        RevisionRef from,
        RevisionRef to,
        List<String> changes,
        List<PatchOperation> operations,
        List<ObjectRef> stuckPods,
        String template)
        implements RevisionChange {

    public TemplateRollback {
        changes = List.copyOf(changes);
        operations = operations == null ? List.of() : List.copyOf(operations);
        stuckPods = List.copyOf(stuckPods);
    }

    @Override
    public Deed deed() {
        return Deed.ROLL_BACK;
    }

    @Override
    public Set<String> keeps() {
        return Set.of("target", "failure", "container", "from", "to", "template");
    }

    @Override
    public boolean maySet(String path, Set<String> fields) {
        return path.equals("/spec/template");
    }

    @Override
    public Optional<JsonNode> wholePod() {
        return Fragment.puts(operations)
                .filter(put -> put.path().equals(Fragment.template(target)))
                .map(PatchOperation.Put::value)
                .findFirst();
    }

    @Override
    public ObjectNode fields() {
        var fields = JsonNodeFactory.instance.objectNode();
        Fragment.puts(operations).forEach(put -> fields.withObject("/spec").set("template", put.value()));
        return fields;
    }

    @Override
    public String was() {
        return from.display();
    }

    @Override
    public String becomes() {
        return to.display();
    }

    @Override
    @JsonIgnore
    public Permission permission() {
        return Permission.ROLLBACK;
    }

    @Override
    public String purpose() {
        return "take %s back from %s to %s".formatted(target.display(), from.display(), to.display());
    }

    @Override
    public List<String> diff() {
        return Stream.concat(
                        Stream.of(
                                target.display() + " in " + target.namespace(),
                                "- " + from.display(),
                                "+ " + to.display()),
                        changes.stream().map(change -> "  " + change))
                .toList();
    }

    /** As kubectl does it; the whole template may hold what is not to stand in an incident. */
    @Override
    public String patchYaml() {
        return "# kubectl -n %s rollout undo %s/%s --to-revision=%d%n"
                .formatted(target.namespace(), target.kind().toLowerCase(Locale.ROOT), target.name(), to.number());
    }
}
