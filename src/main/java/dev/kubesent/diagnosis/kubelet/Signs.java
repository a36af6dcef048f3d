package dev.kubesent.diagnosis.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The signs of a family, from src/main/resources/signatures. */
public final class Signs {

    private static final Map<String, List<Sign>> READ = new ConcurrentHashMap<>();

    private Signs() {}

    /** @param family the file's name without its end */
    public static List<Sign> of(String family) {
        return READ.computeIfAbsent(family, Signs::read);
    }

    private static List<Sign> read(String family) {
        var name = "/signatures/" + family + ".yaml";
        try (var file = Objects.requireNonNull(Signs.class.getResourceAsStream(name), name)) {
            var yaml = KubernetesJson.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
            return yaml.valueStream().map(Signs::sign).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sign sign(JsonNode yaml) {
        return new Sign(
                yaml.path("id").asText(),
                Cause.valueOf(yaml.path("cause").asText()),
                Certainty.valueOf(yaml.path("certainty").asText()),
                yaml.path("patterns")
                        .valueStream()
                        .map(JsonNode::asText)
                        .map(Pattern::compile)
                        .toList(),
                yaml.path("says").asText(),
                yaml.path("advice").asText());
    }
}
