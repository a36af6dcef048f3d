package dev.kubesent.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.ImageRegistry.Login;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What reads of the OCI distribution API (github.com/opencontainers/distribution-spec), at one registry, for one question: a token that one
 * login was given is nobody else's.
 */
final class Distribution {

    private static final int UNAUTHORIZED = 401;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Bytes. A manifest may have 4 MiB (distribution-spec, "Pushing Manifests"). */
    private static final int LARGEST = 4 << 20;

    private final HttpClient http;
    private final URI base;
    private final Optional<Login> login;
    private final Duration patience;
    private Optional<String> authorization = Optional.empty();

    /** @param http that follows no redirects: who is sent elsewhere does not sign in there */
    Distribution(HttpClient http, URI base, Optional<Login> login, Duration patience) {
        this.http = http;
        this.base = base;
        this.login = login;
        this.patience = patience;
    }

    record Answer(int status, HttpHeaders headers, byte[] body) {

        String type() {
            return headers.firstValue("Content-Type").orElse("");
        }

        JsonNode json() throws RegistryException {
            try {
                return KubernetesJson.parseJson(body, JsonNode.class);
            } catch (IOException e) {
                throw new RegistryException("it sent what is no JSON", e);
            }
        }
    }

    Answer head(String path, String accept) throws RegistryException {
        return signedIn("HEAD", base.resolve(path), accept);
    }

    /** @param path from the root; one with a host is of this registry, or refused */
    Answer get(String path, String accept) throws RegistryException {
        var uri = base.resolve(path);
        if (!isOurs(uri)) {
            throw new RegistryException("it names another host for its own pages");
        }
        var answer = signedIn("GET", uri, accept);
        return REDIRECTS.contains(answer.status()) ? elsewhere(uri, answer, accept) : answer;
    }

    private boolean isOurs(URI uri) {
        return base.getAuthority().equals(uri.getAuthority())
                && base.getScheme().equals(uri.getScheme());
    }

    /** Where its blobs are; nobody signs in there. */
    private Answer elsewhere(URI uri, Answer redirect, String accept) throws RegistryException {
        var location = redirect.headers().firstValue("Location").orElse("");
        try {
            return call("GET", secure(uri.resolve(location)), accept, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new RegistryException("it redirects to what is no address", e);
        }
    }

    /** Who is asked over TLS does not send anybody to where there is none. */
    private URI secure(URI uri) throws RegistryException {
        if (!"https".equals(uri.getScheme()) && !base.getScheme().equals(uri.getScheme())) {
            throw new RegistryException("it sends to an address without TLS");
        }
        return uri;
    }

    private Answer signedIn(String method, URI uri, String accept) throws RegistryException {
        var answer = call(method, uri, accept, authorization);
        if (answer.status() != UNAUTHORIZED || authorization.isPresent()) {
            return answer;
        }
        var challenge = Challenge.of(answer.headers());
        authorization = challenge.isEmpty() ? Optional.empty() : authorized(challenge.get());
        return authorization.isEmpty() ? answer : call(method, uri, accept, authorization);
    }

    private Optional<String> authorized(Challenge challenge) throws RegistryException {
        return switch (challenge) {
            case Challenge.Basic _ -> login.map(Distribution::basic);
            case Challenge.Bearer bearer -> token(bearer).map(token -> "Bearer " + token);
        };
    }

    private static String basic(Login login) {
        var pair = login.user() + ":" + login.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** From the address that the registry itself names. */
    private Optional<String> token(Challenge.Bearer bearer) throws RegistryException {
        var query = "service=" + encoded(bearer.service())
                + (bearer.scope().isEmpty() ? "" : "&scope=" + encoded(bearer.scope()));
        try {
            var uri = secure(URI.create(bearer.realm() + (bearer.realm().contains("?") ? "&" : "?") + query));
            var answer = call("GET", uri, "application/json", login.map(Distribution::basic));
            if (answer.status() != 200) {
                return Optional.empty();
            }
            var json = answer.json();
            return Optional.of(
                            json.path("token").asText(json.path("access_token").asText()))
                    .filter(token -> !token.isEmpty());
        } catch (IllegalArgumentException e) {
            throw new RegistryException("it names no address to sign in at", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer call(String method, URI uri, String accept, Optional<String> header) throws RegistryException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header("Accept", accept)
                .method(method, HttpRequest.BodyPublishers.noBody());
        header.ifPresent(value -> request.header("Authorization", value));
        try {
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                return new Answer(response.statusCode(), response.headers(), body.readNBytes(LARGEST));
            }
        } catch (IOException e) {
            throw new RegistryException("no answer: " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("it was not waited for", e);
        }
    }
}
