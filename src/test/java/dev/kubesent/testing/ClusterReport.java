package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a cluster has come to, for people: its incidents, with their stories, and its workloads. Asked again it says what has changed since:
 * what is as before is left out, what is gone is null, and of a story there are the new lines.
 */
final class ClusterReport {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What is said each time, so that one sees which incident it is, and where it stands. */
    private static final Set<String> ALWAYS = Set.of("name", "workload", "phase", "cause", "confidence", "rule");

    private final Map<String, ObjectNode> before = new HashMap<>();

    void add(ObjectNode result, ClusterReader reader, String namespace) {
        var array = result.putArray("incidents");
        for (var incident : incidents(reader, namespace)) {
            var node = incident(incident);
            incident.progress().story().forEach(line -> node.withArray("story").add(told(line)));
            array.add(changed(incident.getMetadata().getName(), node));
        }
        storm(result, reader);
        var limits = JSON.objectNode().set("limitsAfter", limits(reader, namespace));
        result.setAll(changed("limits", (ObjectNode) limits));
    }

    /** All of it, without the stories: how it came to be may differ. */
    static ObjectNode end(ClusterReader reader, String namespace) {
        var result = JSON.objectNode();
        var array = result.putArray("incidents");
        incidents(reader, namespace).forEach(incident -> array.add(incident(incident)));
        storm(result, reader);
        result.set("limitsAfter", limits(reader, namespace));
        return result;
    }

    private ObjectNode changed(String key, ObjectNode now) {
        var was = before.put(key, now);
        if (was == null) {
            return now;
        }
        var changed = JSON.objectNode();
        now.properties().stream()
                .filter(field ->
                        ALWAYS.contains(field.getKey()) || !field.getValue().equals(was.path(field.getKey())))
                .forEach(field -> changed.set(
                        field.getKey(),
                        field.getKey().equals("story")
                                ? newLines(was.path("story"), field.getValue())
                                : field.getValue()));
        was.fieldNames().forEachRemaining(field -> {
            if (!now.has(field)) {
                changed.putNull(field);
            }
        });
        return changed;
    }

    private static ArrayNode newLines(JsonNode was, JsonNode story) {
        var known = was.valueStream().toList();
        var lines = JSON.arrayNode();
        story.valueStream().filter(line -> !known.contains(line)).forEach(lines::add);
        return lines;
    }

    private static List<Incident> incidents(ClusterReader reader, String namespace) {
        return reader.list(Incident.class, namespace).stream()
                .filter(i -> i.getMetadata().getLabels() != null
                        && !i.getMetadata().getLabels().isEmpty()) // those of the history have none
                .sorted(Comparator.comparing(ClusterReport::nameOf)
                        .thenComparing(i -> i.progress().phase()))
                .toList();
    }

    private static void storm(ObjectNode result, ClusterReader reader) {
        reader.get(ConfigMap.class, "kubesent", "kubesent-storm")
                .ifPresent(storm -> storm.getData().forEach((key, value) -> {
                    if (key.startsWith("what")) {
                        result.put("storm", value);
                    }
                }));
    }

    /** Without the hash, which differs where uids do. */
    private static String nameOf(Incident incident) {
        return incident.getMetadata().getName().replaceAll("[0-9a-f]{8}$", "*");
    }

    private static ObjectNode incident(Incident incident) {
        var node = JSON.objectNode();
        var status = incident.progress();
        node.put("name", nameOf(incident));
        node.put("workload", status.workload());
        node.put("phase", status.phase().name());
        var diagnosis = status.diagnosis();
        if (diagnosis != null) {
            node.put("cause", diagnosis.cause()).put("confidence", diagnosis.confidence());
            node.put("rule", diagnosis.rule()).put("action", diagnosis.action().replaceFirst(":.*", ""));
            diagnosis.evidence().forEach(node.withArray("evidence")::add);
            diagnosis.missing().forEach(node.withArray("missing")::add);
            if (!diagnosis.drillDown().isEmpty()) {
                diagnosis.drillDown().forEach(node.withArray("drillDown")::add);
            }
        }
        var verdict = status.verdict();
        if (verdict != null) {
            verdict.reasons().forEach(reason -> node.withArray("whyNot").add(told(reason)));
            node.put("change", verdict.change());
        }
        status.acts()
                .forEach(act -> node.withArray("acts")
                        .add(act.from() + " to " + act.to() + (act.undone() == null ? "" : ", taken back")));
        if (status.approval() != null) {
            node.put("approvedBy", status.approval().by());
        }
        if (status.outcome() != null) {
            node.put("outcome", status.outcome().detail());
        }
        node.put("lease", status.lease() == null ? "released" : "held");
        return node;
    }

    /** What a server says in its refusal of a dry run is its own, and differs between servers; and when it took a word of a person, its clock says. */
    private static String told(String line) {
        return line.replaceFirst("DRY_RUN_REFUSED.*", "DRY_RUN_REFUSED")
                .replaceFirst("(approved (?:through|by) .* at )\\S+$", "$1...");
    }

    private static ObjectNode limits(ClusterReader reader, String namespace) {
        var after = JSON.objectNode();
        reader.list(Pod.class, namespace).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .sorted((a, b) ->
                        a.getMetadata().getName().compareTo(b.getMetadata().getName()))
                .forEach(pod -> after.put(
                        "Pod/" + pod.getMetadata().getName(),
                        limits(Stream.concat(
                                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream()))));
        reader.list(Deployment.class, namespace)
                .forEach(d -> after.put(
                        "Deployment/" + d.getMetadata().getName(),
                        limits(d.getSpec().getTemplate().getSpec().getContainers().stream())));
        reader.list(StatefulSet.class, namespace)
                .forEach(s -> after.put(
                        "StatefulSet/" + s.getMetadata().getName(),
                        limits(s.getSpec().getTemplate().getSpec().getContainers().stream())));
        reader.list(Job.class, namespace).stream()
                .filter(j -> j.getMetadata().getOwnerReferences().isEmpty())
                .forEach(j -> after.put(
                        "Job/" + j.getMetadata().getName(),
                        limits(j.getSpec().getTemplate().getSpec().getContainers().stream())
                                + (Boolean.TRUE.equals(j.getSpec().getSuspend()) ? ", suspended" : "")));
        reader.list("serving.knative.dev/v1", "Service", namespace).stream()
                .map(service -> KubernetesJson.as(KubernetesJson.tree(service), Service.class))
                .forEach(s -> after.put(
                        "Service/" + s.getMetadata().getName(),
                        limits(s.getSpec().getTemplate().getSpec().getContainers().stream()) + named(s)));
        return after;
    }

    private static String named(Service service) {
        var meta = service.getSpec().getTemplate().getMetadata();
        return meta == null || meta.getName() == null ? "" : " as " + meta.getName();
    }

    private static String limits(Stream<Container> containers) {
        return containers
                .map(c -> c.getName() + " "
                        + Optional.ofNullable(c.getResources())
                                .map(ResourceRequirements::getLimits)
                                .map(limits -> limits.get("memory"))
                                .map(Quantity::toString)
                                .orElse("-"))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
