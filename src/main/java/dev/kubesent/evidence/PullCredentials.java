package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.ImageRegistry.Login;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logins in Secrets of type {@code kubernetes.io/dockerconfigjson}, as the kubelet understands their keys: a host, that may have globs, and a
 * path (kubernetes.io, "Interpretation of config.json"). Of several that match, the longest is taken; the kubelet would try them all.
 */
final class PullCredentials {

    private static final String KEY = ".dockerconfigjson";

    private PullCredentials() {}

    /** @return empty where none is for this image, or nobody can read it: the kubelet says so itself */
    static Optional<Login> of(List<Secret> secrets, String image) {
        return secrets.stream()
                .flatMap(PullCredentials::entries)
                .filter(entry -> isFor(entry.getKey(), image))
                .sorted(Comparator.comparingInt((Map.Entry<String, JsonNode> entry) ->
                                entry.getKey().length())
                        .reversed())
                .flatMap(entry -> login(entry.getValue()).stream())
                .findFirst();
    }

    private static Stream<Map.Entry<String, JsonNode>> entries(Secret secret) {
        var data = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of());
        return Optional.ofNullable(data.get(KEY)).flatMap(PullCredentials::json).stream()
                .flatMap(config -> config.path("auths").properties().stream());
    }

    private static Optional<JsonNode> json(String base64) {
        return decoded(base64).flatMap(text -> {
            try {
                return Optional.of(KubernetesJson.parseJson(text.getBytes(StandardCharsets.UTF_8), JsonNode.class));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private static boolean isFor(String key, String image) {
        var parts = key.replaceFirst("^https?://", "").split("/", 2);
        var host = parts[0].equals("index.docker.io") ? RunningImage.DOCKER_HUB : parts[0];
        // docker login writes https://index.docker.io/v1/
        var path = parts.length < 2 || parts[1].matches("v[12](/.*)?") ? "" : parts[1];
        return glob(host).matcher(RunningImage.registry(image)).matches()
                && RunningImage.path(image).startsWith(path);
    }

    /** A star stands for any part of a host, but for no dot. */
    private static Pattern glob(String host) {
        // Linear in whatever stars it has: RE2/J.
        return Pattern.compile(Stream.of(host.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((one, next) -> one + "[^.:]*" + next)
                .orElse(""));
    }

    private static Optional<Login> login(JsonNode auth) {
        if (auth.hasNonNull("username") && auth.hasNonNull("password")) {
            return Optional.of(new Login(
                    auth.path("username").asText(), auth.path("password").asText()));
        }
        return decoded(auth.path("auth").asText())
                .map(pair -> pair.split(":", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> new Login(pair[0], pair[1]));
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
