package dev.kubesent.testing;

import dev.kubesent.event.Request;
import dev.kubesent.function.Main;
import dev.kubesent.image.AotTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
    public static KubeSentProcess start(Path folder, String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, ApiServer.required().kubeconfig());
        return start(folder, settings(kubeconfig), List.of(), Main.class.getName(), arguments);
    }

    /** It feeds itself, if it leads. @param folder for its kubeconfig and its log */
    public static KubeSentProcess watching(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, ApiServer.required().kubeconfig());
        var settings = new HashMap<>(settings(kubeconfig));
        settings.put("KUBESENT_FEED", "watch");
        return start(folder, settings);
    }

    /** With a cluster of its own, in its memory. @param folder for its log */
    public static KubeSentProcess alone(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return start(folder, Map.of("KUBESENT_CLUSTER", "embedded"));
    }

    /**
     * With the image's own flags and a small heap, which {@link #exhaust} fills.
     *
     * @param folder for its kubeconfig and its log
     * @param server address of the way to the API server
     */
    public static KubeSentProcess mortal(Path folder, String server) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "%s"}}]
            users: [{name: kubesent, user: {}}]
            contexts: [{name: test, context: {cluster: test, user: kubesent}}]
            current-context: test
            """.formatted(server));
        var flags = Stream.concat(AotTraining.FLAGS.stream(), Stream.of("-Xmx96m"));
        return start(folder, settings(kubeconfig), flags.toList(), DyingMain.class.getName());
    }

    private static Map<String, String> settings(Path kubeconfig) {
        // Other tests' incidents fail on the same server.
        return Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "KUBESENT_CLUSTER", "kubeconfig",
                "KUBESENT_STORM_COUNT", "100000",
                "KUBESENT_STORM_SHARE", "100");
    }

    private static KubeSentProcess start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(folder, settings, List.of(), Main.class.getName());
    }

    private static KubeSentProcess start(
            Path folder, Map<String, String> settings, List<String> flags, String main, String... arguments)
            throws IOException, InterruptedException {
        var port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main,
                "--server.port=" + port));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(settings);
        var started = new KubeSentProcess(builder.start(), URI.create("http://127.0.0.1:" + port + "/"));
        started.waitUntilUp(folder.resolve("log"));
        return started;
    }

    /** @return the status it was answered with */
    public int send(Request event) throws IOException, InterruptedException {
        return send("/", event);
    }

    /** @return the status it was answered with @throws IOException where there was no answer in half a minute */
    public int send(String path, Request event) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
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

    /** Fills the heap of a {@link #mortal} process, and waits for its end. @return its exit code; empty where it lives on for a minute */
    public OptionalInt exhaust() {
        try (var in = process.getOutputStream()) {
            in.write('x');
            in.flush();
            return process.waitFor(60, TimeUnit.SECONDS) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** With SIGKILL, as the kubelet and the kernel do. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
        client.close();
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

    /** @return the status of what is at this path @throws IOException where there was no answer in half a minute */
    public int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** @return what is at this path, for machines @throws IOException where there was no answer in half a minute */
    public String text(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Returns when the log has this text; it fails after a minute. */
    public void awaitLog(Path folder, String text) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!Files.readString(folder.resolve("log")).contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the log never has " + text);
            }
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
    }

    /** Returns when what is at this path has this text; it fails after a minute. */
    public void awaitText(String path, String text) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!text(path).contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(path + " never has " + text);
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return status("/actuator/health/readiness") == 200; // anything else of /actuator would start Spring
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
