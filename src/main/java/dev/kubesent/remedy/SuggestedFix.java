package dev.kubesent.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Subject;
import dev.kubesent.redaction.Masking;
import dev.kubesent.remedy.edit.Edit;
import dev.kubesent.remedy.engine.Sizing;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * What would cure it, as a patch of the pod template that a person can read and apply: a strategic merge patch. Of a rollback or a restart there
 * is none, since what it changes stands in the cluster and not in the pod.
 */
public final class SuggestedFix {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final DumpSettings PLAIN =
            DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

    private SuggestedFix() {}

    /** YAML; empty where there is nothing to propose, or it would show what looks like a credential. Amounts are ours, whoever suggests them. */
    public static String of(Diagnosis diagnosis, Evidence evidence) {
        return change(diagnosis.action(), evidence)
                .map(change -> yaml(change, evidence.failure().subject()))
                .filter(yaml -> Masking.text(yaml).equals(yaml))
                .orElse("");
    }

    private static Optional<ObjectNode> change(Action action, Evidence evidence) {
        return switch (action) {
            case Action.None _, Action.RollBack _, Action.Restart _ -> Optional.empty();
            case Action.RaiseMemory _ -> limit(evidence).map(limit -> memory(Sizing.next(limit, evidence)));
            case Action.OfOneField field -> edited(Edit.of(field), KubernetesJson.tree(evidence.container()));
        };
    }

    private static Optional<ObjectNode> edited(Edit edit, JsonNode container) {
        return edit.fits(container)
                ? Optional.of(JSON.objectNode().set(edit.key(), edit.merged(container)))
                : Optional.empty();
    }

    private static Optional<Memory> limit(Evidence evidence) {
        return Optional.ofNullable(evidence.container().getResources())
                .map(resources -> resources.getLimits())
                .map(limits -> limits.get("memory"))
                .map(Memory::of);
    }

    private static ObjectNode memory(Memory limit) {
        var container = JSON.objectNode();
        container.withObject("/resources/limits").put("memory", limit.toString());
        return container;
    }

    private static String yaml(ObjectNode change, Subject subject) {
        var container = JSON.objectNode();
        container.set("name", TextNode.valueOf(subject.container()));
        container.setAll(change);
        var list = switch (subject.role()) {
            case CONTAINER -> "containers";
            case INIT_CONTAINER, SIDECAR -> "initContainers";
        };
        var patch = JSON.objectNode();
        patch.putObject("spec").putArray(list).add(container);
        return new Dump(PLAIN).dumpToString(KubernetesJson.as(patch, Object.class));
    }
}
