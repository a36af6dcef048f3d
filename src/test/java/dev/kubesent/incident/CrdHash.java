package dev.kubesent.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What {@link Schema#HASH} is: of the spec, without descriptions. */
final class CrdHash {

    private static final int BYTES = 8;

    private CrdHash() {}

    static String of(CustomResourceDefinition crd) {
        var spec = KubernetesJson.tree(crd.getSpec());
        withoutWords(spec);
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(KubernetesJson.json(spec).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void withoutWords(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("description").isTextual()) {
            object.remove("description");
        }
        node.forEach(CrdHash::withoutWords);
    }
}
