package dev.kubesent.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.KubernetesJson;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Where values enter the objects of knative/. What a value is not given for stays as it is there. */
final class Places {

    /** Settings with a value of their own, where no manifest sets them. */
    private static final Map<String, String> OWN = Map.of(
            "KUBESENT_ALLOW", "allow",
            "KUBESENT_MAX_MEMORY", "maxMemory",
            "KUBESENT_MODE", "mode");

    private static final String IF_MODEL = "{{- if .Values.model.enabled }}";
    private static final String ELSE_NO_MODEL = """
        {{- else }}
        - {name: KUBESENT_GEMINI_MODELS, value: ""}
        {{- end }}\
        """;

    private final Marks marks;

    Places(Marks marks) {
        this.marks = marks;
    }

    void into(ObjectNode object) {
        var spec = object.path("spec");
        switch (object.path("kind").asText()) {
            case "CustomResourceDefinition" -> keep(object.withObject("/metadata/annotations"));
            case "ApiServerSource" -> {
                clusterWide((ObjectNode) spec);
                audience(spec);
            }
            case "PingSource" -> {
                ((ObjectNode) spec).put("schedule", marks.value(or("sweep", spec.path("schedule")) + " | quote"));
                audience(spec);
            }
            case "Deployment" -> {
                ((ObjectNode) spec).put("replicas", marks.value(".Values.replicas"));
                restartedByBounds(spec.path("template"));
                pod(spec.at("/template/spec"));
            }
            case "Service" -> {
                if (spec.at("/template/spec").isObject()) {
                    restartedByBounds(spec.path("template"));
                    pod(spec.at("/template/spec"));
                }
            }
            case "ConfigMap" -> bounds(object.path("data"));
            case "ValidatingAdmissionPolicy" -> bounded(spec.path("variables"));
            default -> {}
        }
    }

    private void keep(ObjectNode annotations) {
        annotations.put(marks.lines("""
            {{- if .Values.crds.keep }}
            helm.sh/resource-policy: keep
            {{- end }}\
            """), "");
    }

    /** As knative/overlays/cluster-wide. */
    private void clusterWide(ObjectNode spec) {
        spec.put(marks.lines("""
            {{- if .Values.clusterWide }}
            namespaceSelector: {}
            {{- else }}
            namespaceSelector: %s
            {{- end }}\
            """.formatted(KubernetesJson.json(spec.remove("namespaceSelector")))), "");
        ((ObjectNode) spec.at("/resources/0")).put(marks.lines("""
            {{- if .Values.clusterWide }}
            selector: {matchExpressions: [{key: kubesent.dev/own, operator: DoesNotExist}]}
            {{- end }}\
            """), "");
    }

    private void audience(JsonNode spec) {
        ((ObjectNode) spec.path("sink")).put(marks.lines("""
            {{- if .Values.oidc.enabled }}
            audience: kubesent
            {{- end }}\
            """), "");
    }

    private void bounds(JsonNode data) {
        OWN.forEach((setting, value) -> {
            if (data.has(setting)) {
                ((ObjectNode) data).put(setting, marks.value(or(value, data.path(setting)) + " | quote"));
            }
        });
    }

    /** The process reads its bounds as it starts, so other bounds are another template. */
    private void restartedByBounds(JsonNode template) {
        ((ObjectNode) template)
                .withObject("/metadata/annotations")
                .put(
                        "checksum/bounds",
                        marks.value("printf \"%s/%s\" .Values.allow .Values.maxMemory | sha256sum | quote"));
    }

    /** As the replacements of knative/base/kustomization.yaml: the text between the quotes. */
    private void bounded(JsonNode variables) {
        var values = Map.of("allowedHere", "allow", "maximum", "maxMemory");
        for (var variable : variables) {
            var value = values.get(variable.path("name").asText());
            if (value != null) {
                var literal =
                        TextNode.valueOf(variable.path("expression").asText().replace("'", ""));
                ((ObjectNode) variable).put("expression", marks.value(or(value, literal) + " | squote | quote"));
            }
        }
    }

    private void pod(JsonNode pod) {
        ((ObjectNode) pod).put(marks.lines("{{- include \"kubesent.pod\" . | nindent INDENT }}"), "");
        var container = (ObjectNode) pod.at("/containers/0");
        container.put("image", marks.value("include \"kubesent.image\" . | quote"));
        container.put("imagePullPolicy", marks.value(or("image.pullPolicy", container.path("imagePullPolicy"))));
        container.put(
                "resources",
                marks.value(".Values.resources | default (fromJson `%s`) | toJson"
                        .formatted(KubernetesJson.json(container.path("resources")))));
        environment((ArrayNode) container.path("env"));
    }

    private void environment(ArrayNode env) {
        var named = StreamSupport.stream(env.spliterator(), false)
                .map(variable -> variable.path("name").asText())
                .toList();
        var key = named.indexOf("GEMINI_API_KEY");
        var secret = (ObjectNode) env.path(key).at("/valueFrom/secretKeyRef");
        secret.put("name", marks.value(or("model.secret", secret.path("name")) + " | quote"));
        secret.put("key", marks.value(or("model.key", secret.path("key")) + " | quote"));
        env.insert(key + 1, marks.lines(ELSE_NO_MODEL));
        env.insert(key, marks.lines(IF_MODEL));
        var own = OWN.entrySet().stream()
                .filter(setting -> !named.contains(setting.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> """
                    {{- with .Values.%s }}
                    - {name: %s, value: {{ . | quote }}}
                    {{- end }}
                    """.formatted(setting.getValue(), setting.getKey()))
                .collect(Collectors.joining());
        env.add(marks.lines(own + "{{- include \"kubesent.env\" . | nindent INDENT }}"));
    }

    /** The value, or where it is empty what the manifest says. */
    private static String or(String value, JsonNode literal) {
        return ".Values.%s | default %s".formatted(value, KubernetesJson.json(literal));
    }
}
