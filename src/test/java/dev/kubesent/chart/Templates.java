package dev.kubesent.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The templates of the chart that are made of knative/, by their names. */
final class Templates {

    static final String HEADER = "{{- /* Generated from %s by ChartTemplatesTest: GOLDEN=write ./mvnw test"
            + " -Dtest=ChartTemplatesTest */ -}}\n";

    /** Helm needs the namespace before it can write down that it has installed something. */
    private static final String NAMESPACE = "v1 Namespace /kubesent";

    private static final String CRD = "apiextensions.k8s.io/v1 CustomResourceDefinition /incidents.kubesent.dev";

    /** Not there where the source is to see only what binds it. */
    private static final String SOURCE = "rbac.authorization.k8s.io/v1 ClusterRoleBinding /kubesent-source";

    private Templates() {}

    static SequencedMap<String, String> generated() throws Exception {
        var knative = Manifests.of("knative");
        var watch = Overlay.PLAIN.manifests();
        var files = new LinkedHashMap<String, String>();
        files.put("crd.yaml", crd(knative));
        files.put("common.yaml", file("knative/base", "", common(knative, watch)));
        files.put("knative.yaml", file("knative/base", "eq .Values.shape \"knative\"", differing(knative, watch)));
        files.put(
                "watch.yaml", file("knative/overlays/plain", "eq .Values.shape \"watch\"", differing(watch, knative)));
        for (var added : Added.values()) {
            var objects = added.overlay().manifests().without(knative);
            files.put(added.overlay().folderName() + ".yaml", added.file(objects, Templates::yaml));
        }
        return files;
    }

    private static String crd(Manifests all) {
        return file("knative/base", ".Values.crds.install", Map.of(CRD, object(all, CRD)));
    }

    private static ObjectNode object(Manifests all, String key) {
        var object = all.objects().get(key);
        if (object == null) {
            throw new IllegalStateException("knative/ has no " + key);
        }
        return object;
    }

    private static Map<String, ObjectNode> common(Manifests one, Manifests other) {
        return picked(one, key -> one.objects().get(key).equals(other.objects().get(key)));
    }

    private static Map<String, ObjectNode> differing(Manifests one, Manifests other) {
        return picked(one, key -> !one.objects().get(key).equals(other.objects().get(key)));
    }

    private static Map<String, ObjectNode> picked(Manifests all, java.util.function.Predicate<String> which) {
        var picked = new LinkedHashMap<>(all.objects());
        picked.keySet().removeIf(key -> key.equals(NAMESPACE) || key.equals(CRD) || !which.test(key));
        return picked;
    }

    /** @param condition of the whole file; empty for none */
    static String file(String from, String condition, Map<String, ObjectNode> objects) {
        var text = objects.entrySet().stream()
                .map(entry -> document(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        var header = HEADER.formatted(from);
        return condition.isEmpty() ? header + text : header + "{{- if %s }}\n%s{{- end }}\n".formatted(condition, text);
    }

    private static String document(String key, ObjectNode object) {
        var text = yaml(object);
        return key.equals(SOURCE) ? "{{- if not .Values.sourceBound }}\n%s{{- end }}\n".formatted(text) : text;
    }

    private static String yaml(ObjectNode object) {
        var marks = new Marks();
        var marked = object.deepCopy();
        OwnNamespaceWords.into(marked);
        new Places(marks).into(marked);
        return marks.resolve(KubernetesJson.yaml(marked));
    }
}
