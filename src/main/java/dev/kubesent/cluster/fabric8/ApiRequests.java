package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Single HTTP requests to the API server, with the client's connection and credentials and nothing else of it. */
final class ApiRequests {

    /** Above the client's own request time-out, which should end the call first. */
    private static final Duration LAST_RESORT_TIMEOUT = Duration.ofSeconds(15);

    /** Bytes of a Status that says why; a proxy's page may be longer. */
    private static final int LONGEST_REFUSAL = 1 << 16;

    private final KubernetesClient client;
    private final ReadRoom room;

    ApiRequests(KubernetesClient client) {
        this(client, new ReadRoom(LAST_RESORT_TIMEOUT));
    }

    ApiRequests(KubernetesClient client, ReadRoom room) {
        this.client = client;
        this.room = room;
    }

    /** @param what was asked, for messages */
    record Answer(int code, byte[] body, String what) {

        byte[] orRefused() {
            if (code < 200 || code > 299) {
                throw Refusals.of(code, status(), what + ": HTTP " + code);
            }
            return body;
        }

        Status status() {
            try {
                return KubernetesJson.parse(new String(body, StandardCharsets.UTF_8), Status.class);
            } catch (RuntimeException notAStatus) {
                // A proxy in between answers with HTML: the HTTP code has to do.
                return new Status();
            }
        }
    }

    byte[] get(ApiPath path) {
        return sent(request(path).build(), "GET " + path).orRefused();
    }

    /**
     * The body of a good answer as it comes: no more of it is in memory than what was asked for. To be closed, before the same thread asks for
     * another: it takes a place in the {@link ReadRoom}.
     */
    BodyStream stream(ApiPath path) {
        room.enter(path.namespace());
        return opened(path, new BodyStream(LAST_RESORT_TIMEOUT, () -> room.leave(path.namespace())));
    }

    /** The same of what goes on for minutes, and takes no place: there are two of them. @param silence after which nothing more is expected */
    BodyStream watch(ApiPath path, Duration silence) {
        return opened(path, new BodyStream(silence, () -> {}));
    }

    private BodyStream opened(ApiPath path, BodyStream body) {
        var sent = client.getHttpClient().consumeBytes(request(path).build(), body::take);
        try {
            var answer = await(sent);
            body.comesFrom(answer.body());
            if (!HttpResponse.isSuccessful(answer.code())) {
                throw refused(answer.code(), body, "GET " + path);
            }
            return body;
        } catch (RuntimeException e) {
            body.close();
            var _ = sent.thenAccept(late -> late.body().cancel()); // nobody will read it
            throw e;
        }
    }

    private static ClusterException refused(int code, BodyStream body, String what) {
        try {
            var status = new Answer(code, body.readNBytes(LONGEST_REFUSAL), what).status();
            return Refusals.of(code, status, what + ": HTTP " + code);
        } catch (IOException e) {
            return Refusals.unreachable(e);
        }
    }

    Answer send(String method, ApiPath path, String contentType, Object body) {
        var request = request(path)
                .method(method, contentType, KubernetesJson.json(body))
                .build();
        return sent(request, method + " " + path);
    }

    private HttpRequest.Builder request(ApiPath path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + path);
    }

    private Answer sent(HttpRequest request, String what) {
        var response = await(client.getHttpClient().sendAsync(request, byte[].class));
        return new Answer(response.code(), response.body(), what);
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get(LAST_RESORT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw Refusals.unreachable(e);
        }
    }
}
