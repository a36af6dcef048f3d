package dev.kubesent.image;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains the AOT cache (JEP 483, 514, 515): starts the application on the image's runtime against a stand-in for an API server, sends it
 * the sample events as a source does, and ends it as Kubernetes does. What it loads meanwhile is what a cold start finds ready.
 */
public final class AotTraining {

    /**
     * Also the image's: a cache is of no use with another garbage collector's heap layout or compiler. Of 12 MiB of young objects half are for
     * those that work in progress holds, so that few become old (docs/evidence/herd.md); what is free goes back to the system. Beside the heap
     * the process takes up to 187 MiB (HeapFitsPodTest): of the pod's 384, 45 % leave 211 for that.
     */
    public static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxRAMPercentage=45",
            "-Xmn12m",
            "-XX:SurvivorRatio=2",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:TrimNativeHeapInterval=500",
            "-XX:+ExitOnOutOfMemoryError");

    /**
     * What was hot is not recorded: the JVM would compile all of that as soon as it starts, for 150 ms of a processor that the first event waits for. The
     * profiles beside it are for C2, which is not used.
     */
    static final List<String> NO_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private static final int HEALTHY = 200;
    private static final int FAILING = 20;

    private final Path root;
    private final HttpClient client = HttpClient.newHttpClient();

    private AotTraining(Path root) {
        this.root = root;
    }

    /** @param arguments the folder that has app/ and jre/, in which the cache is written */
    public static void main(String... arguments) throws Exception {
        var training = new AotTraining(Path.of(arguments[0]).toAbsolutePath());
        var cleanup = new CleanupTraining(training.root);
        var authorities = new PublicAuthorities(training.root.resolve("jre"));
        authorities.setAside();
        training.setTimes();
        cleanup.train();
        training.train();
        training.check();
        cleanup.check();
        authorities.check();
    }

    /** As the image has them: a JVM does not take a cache whose jars have another time than those it was trained with. */
    private void setTimes() throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(FileEntriesLayer.DEFAULT_MODIFICATION_TIME));
            }
        }
    }

    private void train() throws Exception {
        var cache = root.resolve("app/kubesent.aot");
        Files.deleteIfExists(cache);
        try (var server = new TrainingApiServer(root.resolve("jre/bin/keytool"))) {
            var options = new ArrayList<>(NO_PROFILES);
            options.add("-XX:AOTCacheOutput=" + cache);
            run(server, options, this::load);
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("the JVM wrote no cache; see " + log());
        }
        BuildRecord.write(root.resolve("app"));
        System.out.printf("trained %s: %d MiB%n", cache, Files.size(cache) >> 20);
    }

    /** With AOTMode=on a JVM that cannot use the cache ends at once. */
    private void check() throws Exception {
        try (var server = new TrainingApiServer(root.resolve("jre/bin/keytool"))) {
            run(
                    server,
                    List.of("-XX:AOTMode=on", "-XX:AOTCache=" + root.resolve("app/kubesent.aot")),
                    port -> post(port, "/", sample("08-healthy.http"), 204));
        }
    }

    private interface Load {
        void on(int port) throws IOException, InterruptedException;
    }

    private void run(TrainingApiServer server, List<String> options, Load load) throws Exception {
        var port = freePort();
        var command = new ArrayList<String>();
        command.add(root.resolve("jre/bin/java").toString());
        command.addAll(FLAGS);
        command.addAll(options);
        command.addAll(List.of("-jar", root.resolve("app/kubesent.jar").toString(), "--server.port=" + port));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("KUBESENT_CLUSTER", "kubeconfig");
        builder.environment().put("KUBECONFIG", server.token().toString()); // some file: it is not read
        builder.environment().putAll(server.account());
        builder.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash");
        var process = builder.start();
        try {
            awaitReady(process, port);
            load.on(port);
        } finally {
            process.destroy();
            // The JVM assembles the cache after the application has ended.
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private void load(int port) throws IOException, InterruptedException {
        var healthy = sample("08-healthy.http");
        // All that wakes a function that sleeps, and no application: what that loads has no place in the cache
        // (docs/decisions/0137).
        post(port, "/", healthy, 204);
        post(port, "/", sample("02-deployment-oom.http"), 202);
        for (int i = 0; i < HEALTHY; i++) {
            // Of as many pods: one alone would be stopped at the door.
            var headers = new HashMap<>(healthy.headers());
            headers.put("ce-name", "healthy-" + i);
            post(port, "/", new Sample(headers, healthy.body()), 204);
        }
        for (int i = 0; i < FAILING; i++) {
            for (var name : List.of(
                    "01-bare-pod-oom.http",
                    "02-deployment-oom.http",
                    "03-missing-image.http",
                    "05-crash-with-log.http",
                    "06-liveness-kill.http")) {
                post(port, "/", sample(name), 202, 204);
            }
        }
        var structured = Files.readString(Path.of("events/04-refused-image.json"));
        post(port, "/", new Sample(Map.of("content-type", "application/cloudevents+json"), structured), 202, 204);
        post(port, "/", sample("09-malformed.http"), 400);
        post(port, "/sweep", ping(), 202, 204);
        // What is answered first and healed after is trained as well: it is finished when the process is told to end.
    }

    private static Sample ping() {
        return new Sample(
                Map.of(
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "1",
                        "ce-type",
                        "dev.knative.sources.ping",
                        "ce-source",
                        "/apis/v1/namespaces/kubesent/pingsources/sweep",
                        "content-type",
                        "application/json"),
                "{}");
    }

    private record Sample(Map<String, String> headers, String body) {}

    private static Sample sample(String name) throws IOException {
        var parts = Files.readString(Path.of("events", name)).split("\n\n", 2);
        var headers = new HashMap<String, String>();
        parts[0].lines()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
        headers.remove("host");
        headers.remove("content-length");
        return new Sample(headers, parts[1]);
    }

    private void post(int port, String path, Sample sample, Integer... expected)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .POST(BodyPublishers.ofString(sample.body()));
        sample.headers().forEach(request::header);
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (!List.of(expected).contains(response.statusCode())) {
            throw new IllegalStateException(
                    "POST %s: %d %s; see %s".formatted(path, response.statusCode(), response.body(), log()));
        }
    }

    private void awaitReady(Process process, int port) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        var ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .build();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("it does not become ready; see " + log());
    }

    private Path log() {
        return root.resolveSibling("training.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
