package dev.kubesent.testing;

import dev.kubesent.event.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** KubeSent in a process of its own, as its own ServiceAccount, on the real API server. */
public final class KubeSentProcess implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    /** What Java's HTTP client sets itself. */
    private static final Set<String> NOT_OURS = Set.of("host", "content-length", "connection");

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private KubeSentProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** @param folder for its kubeconfig and its log */
    public static KubeSentProcess start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, ApiServer.required().kubeconfig());
        var port = freePort();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.kubesent.function.Main",
                        "--server.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("KUBESENT_CLUSTER", "kubeconfig");
        // Other tests' incidents fail on the same server.
        builder.environment().put("KUBESENT_STORM_COUNT", "100000");
        builder.environment().put("KUBESENT_STORM_SHARE", "100");
        var started = new KubeSentProcess(builder.start(), URI.create("http://127.0.0.1:" + port + "/"));
        started.waitUntilUp(folder.resolve("log"));
        return started;
    }

    /** @return the status it was answered with */
    public int send(Request event) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach((name, value) -> {
            if (!NOT_OURS.contains(name)) {
                request.header(name, value);
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        client.close();
    }

    private void waitUntilUp(Path log) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!isUp()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("KubeSent did not start: " + Files.readString(log));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            var health =
                    HttpRequest.newBuilder(address.resolve("/actuator/health")).build();
            return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
