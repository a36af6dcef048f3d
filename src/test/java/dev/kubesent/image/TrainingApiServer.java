package dev.kubesent.image;

import static dev.kubesent.testing.Answers.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Keeps objects by path and gives them back, over TLS: enough for the client and the stages to be loaded and run. It proves nothing; the
 * tests have a real one.
 */
final class TrainingApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "training".toCharArray();

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Path folder = Files.createTempDirectory("training");
    private final HttpsServer server;

    /** @param keytool makes the certificate */
    TrainingApiServer(Path keytool) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keytool)));
        server.setExecutor(
                Executors.newFixedThreadPool(8, Thread.ofPlatform().daemon().factory()));
        server.createContext("/", this::answer);
        server.start();
        put(
                "/api/v1/namespaces/demo",
                "{\"metadata\":{\"name\":\"demo\",\"labels\":{\"kubesent.dev/heal\":\"enabled\"}}}");
        put("/api/v1/nodes/lab", "{\"metadata\":{\"name\":\"lab\"},\"status\":{\"allocatable\":{\"memory\":\"8Gi\"}}}");
        for (var name : List.of(
                "01-bare-pod-oom", "02-deployment-oom", "03-missing-image", "05-crash-with-log", "06-liveness-kill")) {
            var pod = Files.readString(Path.of("events", name + ".http")).split("\n\n", 2)[1];
            put(
                    "/api/v1/namespaces/demo/pods/"
                            + JSON.readTree(pod).at("/metadata/name").asText(),
                    pod);
        }
    }

    Path kubeconfig() throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: t, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: t, user: {token: training}}]
                contexts: [{name: t, context: {cluster: t, user: t, namespace: kubesent}}]
                current-context: t
                """.formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private SSLContext tls(Path keytool) throws Exception {
        var store = folder.resolve("keys.p12");
        var made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "t",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (made != 0) {
            throw new IllegalStateException("keytool: " + made);
        }
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, path);
            case "POST" -> {
                var posted = JSON.readTree(body);
                var made = put(
                        path + "/"
                                + posted.at("/metadata/name")
                                        .asText(UUID.randomUUID().toString()),
                        posted.toString());
                send(exchange, 201, made.toString());
            }
            case "PUT" ->
                send(
                        exchange,
                        200,
                        put(path.replaceFirst("/status$", ""), new String(body, StandardCharsets.UTF_8))
                                .toString());
            case "PATCH" -> get(exchange, path.replaceFirst("/(status|resize)$", ""));
            default -> {
                objects.remove(path);
                send(exchange, 200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
            }
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        if (path.endsWith("/log")) {
            send(exchange, 200, "starting\nFATAL: DATABASE_URL is not set\n");
        } else if (objects.containsKey(path)) {
            send(exchange, 200, objects.get(path).toString());
        } else if (path.matches(".*/(namespaces|nodes|[a-z]+/demo/[a-z]+|kubesent/incidents|v1(alpha1)?/[a-z]+)")) {
            var list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
            list.putObject("metadata").put("resourceVersion", "1");
            objects.forEach((at, object) -> {
                if (at.startsWith(path + "/") && at.lastIndexOf('/') == path.length()) {
                    list.withArray("/items").add(object);
                }
            });
            list.withArray("/items");
            send(exchange, 200, list.toString());
        } else {
            send(
                    exchange,
                    404,
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}");
        }
    }

    private ObjectNode put(String path, String json) throws IOException {
        var object = (ObjectNode) JSON.readTree(json);
        var meta = object.withObject("/metadata");
        meta.put("resourceVersion", String.valueOf(System.nanoTime())).put("generation", 1);
        if (!meta.has("uid")) {
            meta.put("uid", UUID.randomUUID().toString());
        }
        if (!meta.has("creationTimestamp")) {
            meta.put("creationTimestamp", Instant.now().toString());
        }
        objects.put(path, object);
        return object;
    }
}
