package dev.kubesent.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Overlays that bring objects of their own, and when the chart has them. */
enum Added {
    APPROVER_NAMES(
            Overlay.APPROVER_NAMES,
            "if .Capabilities.APIVersions.Has \"admissionregistration.k8s.io/v1/MutatingAdmissionPolicy\"",
            false),
    NAMESPACES(Overlay.NAMESPACES, "range .Values.namespaces", true),
    SOURCE_BOUND(Overlay.SOURCE_BOUND, "range ternary .Values.namespaces (list) .Values.sourceBound", true),
    READ_EVERYWHERE(Overlay.READ_EVERYWHERE, "if .Values.readEverywhere", false),
    REGISTRY(Overlay.REGISTRY, "if .Values.settings.KUBESENT_REGISTRY_LOOKUP", false),
    SINK(Overlay.SINK, "if .Values.sink.broker", false);

    /** What the overlays call the namespace of somebody who opted in. */
    private static final String EXAMPLE = "\"demo\"";

    private final Overlay overlay;
    private final String when;
    private final boolean isOfEachNamespace;

    Added(Overlay overlay, String when, boolean isOfEachNamespace) {
        this.overlay = overlay;
        this.when = when;
        this.isOfEachNamespace = isOfEachNamespace;
    }

    Overlay overlay() {
        return overlay;
    }

    String file(Manifests added, Function<ObjectNode, String> yaml) throws Exception {
        var objects = new LinkedHashMap<>(added.objects());
        if (this == SOURCE_BOUND) {
            objects.keySet().removeAll(Overlay.NAMESPACES.manifests().objects().keySet());
        }
        // A namespace that Helm made would go with the release, and all that is in it.
        objects.keySet().removeIf(key -> key.startsWith("v1 Namespace "));
        if (objects.isEmpty()) {
            throw new IllegalStateException(overlay + " brings nothing of its own any more");
        }
        var text = objects.values().stream().map(yaml).collect(Collectors.joining());
        var each = isOfEachNamespace ? ofEach(text) : text;
        return Templates.HEADER.formatted(overlay.folder()) + "{{- %s }}\n%s{{- end }}\n".formatted(when, each);
    }

    /** Inside a range the dot is the namespace. */
    private static String ofEach(String text) {
        return text.replace(EXAMPLE, "{{ . | quote }}").replace("{{ .Release", "{{ $.Release");
    }
}
