package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.ImageRegistry.Login;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The logins in a Secret of type {@code kubernetes.io/dockerconfigjson} (kubernetes.io, "Pull an Image from a Private Registry"). */
final class PullCredentials {

    private static final String KEY = ".dockerconfigjson";

    private PullCredentials() {}

    /** @return nothing where it is of another type, or nobody can read it: the kubelet says so itself */
    static List<Login> of(Secret secret) {
        var data = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of());
        return Optional.ofNullable(data.get(KEY)).flatMap(PullCredentials::json).stream()
                .flatMap(config -> config.path("auths").properties().stream())
                .flatMap(entry -> login(host(entry.getKey()), entry.getValue()).stream())
                .toList();
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

    /** Of {@code https://index.docker.io/v1/}, as docker login writes it, too. */
    private static String host(String key) {
        var host = key.replaceFirst("^https?://", "").replaceFirst("/.*", "");
        return host.equals("index.docker.io") ? RunningImage.DOCKER_HUB : host;
    }

    private static Optional<Login> login(String host, JsonNode auth) {
        if (auth.hasNonNull("username") && auth.hasNonNull("password")) {
            return Optional.of(new Login(
                    host, auth.path("username").asText(), auth.path("password").asText()));
        }
        return decoded(auth.path("auth").asText())
                .map(pair -> pair.split(":", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> new Login(host, pair[0], pair[1]));
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
