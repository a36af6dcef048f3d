package dev.kubesent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A proxy on the way to a real API server, which spoils one call. */
public final class FaultyWay implements AutoCloseable {

    /** Longer than the client of the test waits. */
    private static final Duration TOO_LONG = Duration.ofMillis(700);

    private static final String STATUS =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"injected\",\"reason\":\"%s\",\"code\":%d}";

    private final HttpServer server;
    private final HttpClient real;
    private final KubernetesClient target;
    private final int at;
    private final Fault fault;
    private final Consumer<String> written;
    private final AtomicInteger calls = new AtomicInteger();

    /** Spoils none. @param written is shown the body of each write that the API server has answered, before the answer goes on */
    public FaultyWay(KubernetesClient target, Consumer<String> written) {
        this(target, 0, Fault.NONE, written);
    }

    /** What happens to the call. */
    public enum Fault {
        NONE,
        CONFLICT,
        BUSY,
        BROKEN,
        /** It arrives and is carried out; the answer comes too late. */
        SLOW,
        /** It does not arrive; the connection is cut. */
        CUT_BEFORE,
        /** It arrives and is carried out; the answer is cut. */
        CUT_AFTER
    }

    /** @param target as whom the calls are made @param at the number of the call to spoil, from 1 */
    public FaultyWay(KubernetesClient target, int at, Fault fault) {
        this(target, at, fault, _ -> {});
    }

    private FaultyWay(KubernetesClient target, int at, Fault fault, Consumer<String> written) {
        this.written = written;
        this.target = target;
        this.at = at;
        this.fault = fault;
        try {
            this.real = HttpClient.newBuilder()
                    .sslContext(SSLUtils.sslContext(target.getConfiguration()))
                    .build();
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        real.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var spoiled = calls.incrementAndGet() == at ? fault : Fault.NONE;
        try {
            switch (spoiled) {
                case NONE -> answer(exchange, forward(exchange));
                case CONFLICT -> refuse(exchange, 409, "Conflict");
                case BUSY -> refuse(exchange, 429, "TooManyRequests");
                case BROKEN -> refuse(exchange, 500, "InternalError");
                case SLOW -> {
                    var answer = forward(exchange);
                    Thread.sleep(TOO_LONG);
                    answer(exchange, answer);
                }
                case CUT_BEFORE -> exchange.close();
                case CUT_AFTER -> {
                    var _ = forward(exchange);
                    exchange.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        Config config = target.getConfiguration();
        var body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(
                        URI.create(config.getMasterUrl().replaceAll("/$", "") + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Impersonate-User", config.getImpersonateUsername());
        for (var group : config.getImpersonateGroups()) {
            request.header("Impersonate-Group", group);
        }
        for (var name : List.of("Content-Type", "Accept")) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        var answer = real.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (body.length > 0) {
            written.accept(new String(body, StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .firstValue("content-type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
        var body = STATUS.formatted(reason, code).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
