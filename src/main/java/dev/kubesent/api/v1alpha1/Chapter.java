package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stands about a cause for people, once: the page docs/causes.md is written from it, and rules and signatures take their advice from it where they
 * have none that is closer. A family's file is read when the first of its causes is asked for: never at the start, and never for a pod that is well.
 *
 * @param means what is wrong, in Markdown
 * @param kubesent what KubeSent's answer depends on, or why there is none, in Markdown; empty where there is nothing more to say
 * @param advice what a person does next, as plain text
 */
public record Chapter(String means, String kubesent, String advice) {

    private static final Map<Family, JsonNode> READ = new ConcurrentHashMap<>();

    public static Chapter of(Cause cause) {
        var entry = entries(cause.family()).path(cause.name());
        return new Chapter(
                entry.path("means").asText(),
                entry.path("kubesent").asText(),
                entry.path("advice").asText());
    }

    /** By the names of causes. */
    public static JsonNode entries(Family family) {
        return READ.computeIfAbsent(family, Chapter::read);
    }

    private static JsonNode read(Family family) {
        try (var file = Chapter.class.getResourceAsStream(family.file())) {
            if (file == null) {
                throw new IllegalStateException("there is no " + family.file());
            }
            return KubernetesJson.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
