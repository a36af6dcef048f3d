package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Single HTTP requests to the API server, with the client's connection and credentials and nothing else of it. */
final class ApiRequests {

    /** Seconds; above the client's own request time-out, which should end the call first. */
    private static final long LAST_RESORT_TIMEOUT = 15;

    private final KubernetesClient client;

    ApiRequests(KubernetesClient client) {
        this.client = client;
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

    private static HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> answer) {
        try {
            return answer.get(LAST_RESORT_TIMEOUT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw Refusals.unreachable(e);
        }
    }
}
