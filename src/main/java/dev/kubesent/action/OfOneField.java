package dev.kubesent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;

/** Another value of one field of the failing container, in the template of its workload. */
public sealed interface OfOneField extends Action permits CorrectImage, AllowStart, AskThePort, SetField {

    Permission permission();

    /** Whether the template has what it rests on: a policy may have given the pod more. @param container as the template has it */
    boolean fits(JsonNode container);

    /** Of the container, as a person reads it. */
    String field();

    /** Under which it stands in the container. */
    default String key() {
        return field();
    }

    /** As it is to be. @param container as the template has it */
    JsonNode value(JsonNode container);

    /** Only what changes of it, for a strategic merge patch, which keeps whatever it does not name. @param container as the template has it */
    default JsonNode merged(JsonNode container) {
        return value(container);
    }

    /** For a person. Empty where the field is not there. */
    String before(JsonNode container);

    /** For a person. */
    String after(JsonNode container);

    @Override
    default Optional<ObjectNode> inContainer(Evidence evidence) {
        var container = KubernetesJson.tree(evidence.container());
        return fits(container)
                ? Optional.of(JsonNodeFactory.instance.objectNode().set(key(), merged(container)))
                : Optional.empty();
    }
}
