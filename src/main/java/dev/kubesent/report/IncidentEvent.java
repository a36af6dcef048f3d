package dev.kubesent.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An incident as a CloudEvent {@code dev.kubesent.incident.*}: its attributes, and its data as JSON. */
public record IncidentEvent(Map<String, String> attributes, ObjectNode data) {

    /** @param at when it got to its phase */
    public static IncidentEvent of(Incident incident, String source, Instant at) {
        var meta = incident.getMetadata();
        var status = incident.progress();
        var attributes = new TreeMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", meta.getUid() + "-" + meta.getResourceVersion());
        attributes.put("source", source);
        attributes.put("time", at.toString());
        attributes.put("type", "dev.kubesent.incident." + type(status.phase()));
        attributes.put("subject", meta.getNamespace() + "/" + subject(incident));
        attributes.put("datacontenttype", "application/json");
        var data = JsonNodeFactory.instance.objectNode();
        data.put("namespace", meta.getNamespace());
        data.put("name", meta.getName());
        data.set("spec", KubernetesJson.tree(incident.getSpec()));
        data.set("status", incident.withoutRecord().path("status"));
        return new IncidentEvent(attributes, data);
    }

    private static String type(Phase phase) {
        return phase == Phase.Acting ? "healing" : phase.name().toLowerCase(Locale.ROOT);
    }

    /** The workload; before it is known, what the pod's controller is called. */
    private static String subject(Incident incident) {
        var workload = incident.progress().workload();
        return workload.isEmpty()
                ? incident.getSpec().ownerKind() + "/" + incident.getSpec().ownerName()
                : workload;
    }

    /** In structured mode. */
    public ObjectNode envelope() {
        var envelope = JsonNodeFactory.instance.objectNode();
        attributes.forEach(envelope::put);
        envelope.set("data", data);
        return envelope;
    }
}
