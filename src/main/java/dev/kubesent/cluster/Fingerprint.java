package dev.kubesent.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Tells one pod template from another, whatever the order of its fields. */
public final class Fingerprint {

    private static final int BYTES = 12;

    private Fingerprint() {}

    /** Of the template of a workload, as a CronJob's or another's. */
    public static String ofTemplate(HasMetadata workload) {
        var template = WorkloadKind.of(ObjectRef.of(workload))
                .map(WorkloadKind::podTemplate)
                .orElse("/spec/template");
        return of(KubernetesJson.tree(workload).at(template));
    }

    /** Short: it tells templates of one workload apart, and nobody gains by making two that look alike. */
    public static String of(JsonNode template) {
        return HexFormat.of().formatHex(digest(template), 0, BYTES);
    }

    /** All 256 bits of SHA-256 in hexadecimal, for what a person's word is bound to. */
    public static String whole(JsonNode node) {
        return HexFormat.of().formatHex(digest(node));
    }

    private static byte[] digest(JsonNode node) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(said(node).toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** With its fields in order. A workload may say {@code creationTimestamp: null} in its template; the copy that its controller keeps does not. */
    private static JsonNode said(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var kept = JsonNodeFactory.instance.objectNode();
                object.properties().stream()
                        .filter(field -> !field.getValue().isNull())
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(field -> kept.set(field.getKey(), said(field.getValue())));
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
