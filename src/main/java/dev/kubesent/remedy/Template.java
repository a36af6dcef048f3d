package dev.kubesent.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.KeptRevision;
import dev.kubesent.gate.Change.RevisionRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Optional;

/** The pod template of a workload. */
final class Template {

    private Template() {}

    static String fingerprint(HasMetadata workload) {
        return fingerprint(KubernetesJson.tree(workload).at(ContainerResources.template(workload)));
    }

    /** The revision that its controller keeps of it; empty before the controller has seen it. */
    static Optional<RevisionRef> current(ClusterReader reader, GenericKubernetesResource workload) {
        var live = fingerprint(workload);
        return KeptRevision.all(reader, workload).stream()
                .filter(kept -> live.equals(fingerprint(kept.template())))
                .max(Comparator.comparingLong(KeptRevision::number))
                .map(kept -> new RevisionRef(kept.name(), kept.hash(), kept.number()));
    }

    /** Tells one template from another, whatever the order of its fields, and whether an empty one stands there or not. */
    static String fingerprint(JsonNode template) {
        return Integer.toHexString(said(template).hashCode());
    }

    /** A workload says {@code creationTimestamp: null} in its template, and the copy that its controller keeps says nothing. */
    private static JsonNode said(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var kept = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> {
                    var value = said(field.getValue());
                    if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                        kept.set(field.getKey(), value);
                    }
                });
                yield kept;
            }
            case ArrayNode array -> {
                var kept = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> kept.add(said(element)));
                yield kept;
            }
            default -> node;
        };
    }
}
