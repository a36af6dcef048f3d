package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

/**
 * What EKS sets up as its API server's token webhook, with the checks of aws-iam-authenticator (pkg/token/token.go). Only the last is
 * replaced: in place of asking STS whose signature it is, it takes that of one access key.
 */
public final class EksAuthenticator {

    public static final String CLUSTER = "prod";
    public static final String ACCESS_KEY = "AKIDKUBESENT";

    /** Of a function whose credentials are there only after its snapshot was taken. */
    public static final String AFTER_THE_SNAPSHOT = "AKIDAFTERTHESNAPSHOT";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> keysSeen = new ConcurrentSkipListSet<>();
    private final HttpServer server;

    private EksAuthenticator(HttpServer server) {
        this.server = server;
    }

    static EksAuthenticator start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var authenticator = new EksAuthenticator(server);
        server.createContext("/authenticate", authenticator::review);
        server.start();
        return authenticator;
    }

    /** Access keys of all tokens that were looked at. */
    public Set<String> keysSeen() {
        return Set.copyOf(keysSeen);
    }

    /** For kube-apiserver's {@code --authentication-token-webhook-config-file}. */
    Path configuration() throws IOException {
        var file = Files.createTempFile("token-webhook", ".yaml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: eks, cluster: {server: "http://127.0.0.1:%d/authenticate"}}]
                users: [{name: api-server, user: {}}]
                contexts: [{name: webhook, context: {cluster: eks, user: api-server}}]
                current-context: webhook
                """.formatted(server.getAddress().getPort()));
    }

    private void review(HttpExchange exchange) throws IOException {
        var review = JSON.readTree(exchange.getRequestBody());
        var answer = JSON.createObjectNode()
                .put("apiVersion", review.path("apiVersion").asText())
                .put("kind", "TokenReview");
        var status = answer.putObject("status");
        var holds = holds(review);
        status.put("authenticated", holds);
        if (holds) {
            status.putObject("user")
                    .put("username", "arn:aws:sts::123456789012:assumed-role/kubesent/kubesent")
                    .putArray("groups")
                    .add("kubesent");
        }
        Answers.send(exchange, 200, answer.toString());
    }

    private boolean holds(JsonNode review) {
        var token = review.at("/spec/token").asText();
        if (!token.startsWith("k8s-aws-v1.") || token.length() > 4096) {
            return false;
        }
        var url = URI.create(new String(Base64.getUrlDecoder().decode(token.substring(11)), StandardCharsets.UTF_8));
        var query = List.of(url.getQuery().split("&"));
        var key = query.stream()
                .filter(parameter -> parameter.startsWith("X-Amz-Credential="))
                .map(parameter -> parameter.substring(17).split("/")[0])
                .findFirst()
                .orElse("");
        keysSeen.add(key);
        return url.getScheme().equals("https")
                && url.getHost().matches("sts\\.[a-z0-9-]+\\.amazonaws\\.com")
                && query.contains("Action=GetCallerIdentity")
                && query.contains("X-Amz-Expires=60")
                && query.contains("X-Amz-SignedHeaders=host;x-k8s-aws-id")
                && Set.of(ACCESS_KEY, AFTER_THE_SNAPSHOT).contains(key);
    }
}
