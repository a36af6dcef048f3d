package dev.kubesent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A registry with one repository, that answers as the CNCF's (2.8.2) did to the same requests; src/it/registry.sh asks that one. */
public final class RegistryServer implements AutoCloseable {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final HttpServer server;
    private final String repository;
    private final Map<String, List<String>> tags = new LinkedHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String login = "";
    private volatile String moved = "";
    private volatile boolean givesTokens;
    private volatile int status;

    public RegistryServer(String repository) {
        this.repository = repository;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param platforms such as linux/amd64; several are an index */
    public RegistryServer with(String tag, String... platforms) {
        tags.put(tag, List.of(platforms));
        return this;
    }

    /** Whoever asks has to say who he is. */
    public RegistryServer of(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** It wants a token, which it gives to this login, and to strangers one that opens nothing. */
    public RegistryServer withTokensFor(String user, String password) {
        givesTokens = true;
        return of(user, password);
    }

    /** Its blobs are elsewhere. */
    public RegistryServer withBlobsAt(String base) {
        moved = base;
        return this;
    }

    /** To everything, with no word of why. */
    public RegistryServer answering(int code) {
        status = code;
        return this;
    }

    /** It takes requests, and answers none. */
    public RegistryServer silent() {
        return answering(-1);
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String image(String reference) {
        return host() + "/" + repository + reference;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var given = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + (given == null ? "" : " signed in"));
            if (status < 0) {
                closed.await();
            } else if (status > 0) {
                exchange.sendResponseHeaders(status, -1);
            } else if (exchange.getRequestURI().getPath().equals("/token")) {
                send(
                        exchange,
                        "application/json",
                        "{\"token\":\"%s\"}".formatted(login.equals(given) ? "good" : "poor"));
            } else if (givesTokens && !"Bearer good".equals(given)) {
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://%s/token\",service=\"lab\",scope=\"repository:%s:pull\""
                                        .formatted(host(), repository));
                exchange.sendResponseHeaders(given == null ? 401 : 404, -1);
            } else if (!givesTokens && !login.isEmpty() && !login.equals(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"lab\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                answer(exchange, exchange.getRequestURI().getPath());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        var root = "/v2/" + repository + "/";
        var reference = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals(root + "tags/list")) {
            list(exchange);
        } else if (path.equals(root + "manifests/" + reference) && tags.containsKey(reference)) {
            var platforms = tags.get(reference);
            send(exchange, platforms.size() > 1 ? INDEX : MANIFEST, manifest(platforms));
        } else if (path.startsWith(root + "blobs/") && !moved.isEmpty()) {
            exchange.getResponseHeaders().add("Location", moved + path);
            exchange.sendResponseHeaders(307, -1);
        } else if (path.startsWith(root + "blobs/")) {
            var platform = new String(Base64.getDecoder().decode(named(reference)), StandardCharsets.UTF_8);
            send(exchange, "application/octet-stream", "{" + fields(platform) + "}");
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    /** By pages, where fewer are asked for than there are (distribution-spec, "Content Discovery"). */
    private void list(HttpExchange exchange) throws IOException {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        var size = number(query);
        var last = query.contains("last=") ? query.replaceFirst(".*last=([^&]*).*", "$1") : "";
        var rest = tags.keySet().stream()
                .sorted()
                .filter(tag -> tag.compareTo(last) > 0)
                .toList();
        var page = rest.stream().limit(size).toList();
        if (page.size() < rest.size()) {
            exchange.getResponseHeaders()
                    .add(
                            "Link",
                            "</v2/%s/tags/list?last=%s&n=%d>; rel=\"next\""
                                    .formatted(repository, page.getLast(), size));
        }
        send(
                exchange,
                "application/json",
                "{\"name\":\"%s\",\"tags\":[%s]}"
                        .formatted(repository, page.isEmpty() ? "" : "\"" + String.join("\",\"", page) + "\""));
    }

    private static int number(String query) {
        return query.contains("n=") ? Integer.parseInt(query.replaceFirst("(.*&)?n=(\\d+).*", "$2")) : 1000;
    }

    /** The digest of a configuration stands for its platform, which nobody checks here. */
    private static String manifest(List<String> platforms) {
        if (platforms.size() == 1) {
            return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"digest\":\"%s\",\"size\":2},\"layers\":[]}"
                    .formatted(MANIFEST, digest(platforms.getFirst()));
        }
        var parts = platforms.stream()
                .map(one -> "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2,\"platform\":{%s}}"
                        .formatted(MANIFEST, digest(one), fields(one)))
                .toList();
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(INDEX, String.join(",", parts));
    }

    private static String fields(String platform) {
        var parts = platform.split("/");
        return "\"os\":\"%s\",\"architecture\":\"%s\"".formatted(parts[0], parts[1]);
    }

    private static String digest(String platform) {
        var hex = new StringBuilder();
        for (var letter : platform.toCharArray()) {
            hex.append(String.format("%02x", (int) letter));
        }
        return "sha256:" + "0".repeat(64 - hex.length()) + hex;
    }

    private static String named(String digest) {
        var hex = digest.replaceFirst("sha256:0*", "");
        var bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
