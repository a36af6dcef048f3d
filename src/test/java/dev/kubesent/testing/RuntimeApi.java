package dev.kubesent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lambda's side of its Runtime API (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), snapshot and restore included. */
public final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final AtomicInteger ids = new AtomicInteger();
    private final BlockingQueue<Map.Entry<String, String>> invocations = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final CountDownLatch snapshotTaken = new CountDownLatch(1);
    private final CountDownLatch restored = new CountDownLatch(1);
    private final AtomicBoolean askedTooEarly = new AtomicBoolean();
    private final BlockingQueue<String> initErrors = new ArrayBlockingQueue<>(1);

    private RuntimeApi(HttpServer server) {
        this.server = server;
    }

    /** @param kind {@code response} or {@code error} */
    public record Answer(String kind, String body) {}

    public static RuntimeApi start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var api = new RuntimeApi(server);
        server.createContext(BASE + "invocation/next", api::next);
        server.createContext(BASE + "invocation/", api::answered);
        server.createContext(BASE + "restore/next", api::restore);
        server.createContext("/credentials", api::credentials);
        server.createContext(BASE + "init/error", exchange -> {
            var _ = api.initErrors.offer(body(exchange));
            Answers.send(exchange, 202, "{}");
        });
        server.start();
        return api;
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** @return what the function answered within two minutes: a sweep looks at all that other tests left behind */
    public Answer invoke(String payload) throws Exception {
        var id = "request-" + ids.incrementAndGet();
        var answer = new CompletableFuture<Answer>();
        answers.put(id, answer);
        invocations.put(Map.entry(id, payload));
        try {
            return answer.get(120, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer; error at its start: " + initErrors.peek(), e);
        }
    }

    /** @return what the function said when it could not start */
    public String initError() throws InterruptedException {
        return String.valueOf(initErrors.poll(60, TimeUnit.SECONDS));
    }

    /** @return whether the function was ready for its snapshot within a minute */
    public boolean awaitSnapshot() throws InterruptedException {
        return snapshotTaken.await(60, TimeUnit.SECONDS);
    }

    public void restore() {
        restored.countDown();
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            var invocation = invocations.take();
            var headers = exchange.getResponseHeaders();
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.getKey());
            headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 300_000));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:k");
            Answers.send(exchange, 200, invocation.getValue());
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private void answered(HttpExchange exchange) throws IOException {
        var parts = exchange.getRequestURI()
                .getPath()
                .substring((BASE + "invocation/").length())
                .split("/");
        answers.get(parts[0]).complete(new Answer(parts[1], body(exchange)));
        Answers.send(exchange, 202, "{}");
    }

    /** The process is asleep between the two: the answer is what wakes it. */
    private void restore(HttpExchange exchange) throws IOException {
        snapshotTaken.countDown();
        try {
            restored.await();
            Answers.send(exchange, 200, "");
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    /** As SnapStart has them: not in the environment, and asked of a URL. */
    private void credentials(HttpExchange exchange) throws IOException {
        if (restored.getCount() > 0) {
            askedTooEarly.set(true);
        }
        Answers.send(exchange, 200, """
                {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2099-01-01T00:00:00Z"}
                """.formatted(EksAuthenticator.AFTER_THE_SNAPSHOT));
    }

    /** Whether credentials were asked for before the snapshot was restored. */
    public boolean askedTooEarly() {
        return askedTooEarly.get();
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
