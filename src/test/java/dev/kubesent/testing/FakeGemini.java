package dev.kubesent.testing;

import static dev.kubesent.testing.Answers.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** The REST shape of generateContent over real HTTP; strict about what it is sent, and it keeps all of it. */
public final class FakeGemini implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/v1beta/models/([\\w.-]+):generateContent");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<String, Reaction> reactions = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** What a model answers with. */
    @FunctionalInterface
    public interface Reaction {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    public FakeGemini() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public FakeGemini on(String model, Reaction reaction) {
        reactions.put(model, reaction);
        return this;
    }

    /** A candidate that ended as it should, with this text. */
    public static Reaction says(String text) {
        return ends("STOP", text);
    }

    public static Reaction ends(String reason, String text) {
        return exchange -> {
            var body = JSON.createObjectNode();
            var candidate = body.putArray("candidates").addObject();
            candidate.put("finishReason", reason);
            candidate
                    .putObject("content")
                    .put("role", "model")
                    .putArray("parts")
                    .addObject()
                    .put("text", text);
            send(exchange, 200, body.toString());
        };
    }

    public static Reaction blocked() {
        return exchange -> send(exchange, 200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");
    }

    public static Reaction status(int code) {
        return exchange -> send(
                exchange, code, "{\"error\":{\"code\":%d,\"message\":\"injected\",\"status\":\"X\"}}".formatted(code));
    }

    public static Reaction outOfQuota(String retryDelay) {
        return exchange -> send(exchange, 429, """
                {"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}""".formatted(retryDelay));
    }

    public static Reaction raw(String body) {
        return exchange -> send(exchange, 200, body);
    }

    /** Until it is closed. */
    public static Reaction hangs() {
        return _ -> Answers.hang();
    }

    public static Reaction cuts() {
        return HttpExchange::close;
    }

    /** Google's own client, pointed here. */
    public Client client() {
        return Client.builder()
                .apiKey("test-key")
                .httpOptions(HttpOptions.builder().baseUrl(url()).build())
                .build();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The models that were asked, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Everything that came over the wire: path, headers and body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestURI() + "\n" + body);
        var path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches() || !isWellFormed(exchange, body)) {
            send(exchange, 400, "{\"error\":{\"code\":400,\"message\":\"not what the API takes\"}}");
            return;
        }
        asked.add(path.group(1));
        try {
            reactions.getOrDefault(path.group(1), status(404)).answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static boolean isWellFormed(HttpExchange exchange, String body) throws IOException {
        JsonNode request = JSON.readTree(body);
        var config = request.path("generationConfig");
        return "test-key".equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"))
                && request.at("/contents/0/parts/0/text").isTextual()
                && request.at("/systemInstruction/parts/0/text").isTextual()
                && "application/json".equals(config.path("responseMimeType").asText())
                && config.path("responseJsonSchema").path("required").size() == 5
                && !config.has("temperature");
    }
}
