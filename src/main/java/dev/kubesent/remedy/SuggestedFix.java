package dev.kubesent.remedy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Subject;
import dev.kubesent.redaction.Masking;
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
        return diagnosis
                .action()
                .inContainer(evidence)
                .map(change -> yaml(change, evidence.failure().subject()))
                .filter(yaml -> Masking.text(yaml).equals(yaml))
                .orElse("");
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
