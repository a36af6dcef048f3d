package dev.kubesent.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Patches the pod template of the controller. A Job that is made of it afterwards is no condition of it: what the server says of that is told then.
 *
 * @param stuckPods failing pods that the controller will not replace by itself
 * @param template what the template is like afterwards, as a fingerprint; empty where it does not matter
 * @param run the name of a Job that is made of it afterwards; empty where none is
 */
public record TemplatePatch(
        ObjectRef target,
        MemoryRaise raise,
        List<PatchOperation> operations,
        List<ObjectRef> stuckPods,
        String template,
        String run)
        implements MemoryChange, TemplateChange {

    public TemplatePatch {
        operations = List.copyOf(operations);
        stuckPods = List.copyOf(stuckPods);
        template = Objects.requireNonNullElse(template, ""); // of an older version, as is a run
        run = Objects.requireNonNullElse(run, "");
    }

    @Override
    public Set<String> keeps() {
        return Set.of("target", "raise", "operations", "template", "run");
    }

    @Override
    public ObjectNode besidePatch() {
        return JsonNodeFactory.instance.objectNode().put("run", run);
    }

    @Override
    public List<String> besides() {
        return run.isEmpty() ? List.of() : List.of("+ Job/" + run);
    }

    @Override
    public Optional<String> whyNotOurs() {
        return MemoryChange.super
                .whyNotOurs()
                .or(() -> run.isEmpty() || ManualRun.isNameOf(target, run)
                        ? Optional.empty()
                        : Optional.of("it would make a Job of another name"));
    }
}
