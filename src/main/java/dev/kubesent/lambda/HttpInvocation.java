package dev.kubesent.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** HTTP by way of a function URL or an API Gateway with payload format 2.0, or of an API Gateway or load balancer with 1.0. */
final class HttpInvocation {

    private HttpInvocation() {}

    static Invocation read(JsonNode event) {
        try {
            var http = event.at("/requestContext/http");
            return http.isObject()
                    ? new Invocation.Http(http.path("method").asText(), pathOfV2(event), request(event))
                    : new Invocation.Http(
                            event.path("httpMethod").asText(),
                            orRoot(event.path("path").asText()),
                            request(event));
        } catch (IllegalArgumentException e) {
            return new Invocation.MalformedHttp("isBase64Encoded is true, and the body is not base64");
        }
    }

    /** With format 2.0 the path begins with the stage, unless that is {@code $default}. */
    private static String pathOfV2(JsonNode event) {
        var path = event.path("rawPath").asText();
        var stage = "/" + event.at("/requestContext/stage").asText();
        return orRoot(path.equals(stage) || path.startsWith(stage + "/") ? path.substring(stage.length()) : path);
    }

    private static String orRoot(String path) {
        return path.isEmpty() ? "/" : path;
    }

    private static Request request(JsonNode event) {
        var body = event.path("body").asText("");
        return new Request(
                headers(event),
                event.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    /** A load balancer may write only the multi-valued ones; of those the first counts, as it does over HTTP. */
    private static Map<String, String> headers(JsonNode event) {
        var headers = new HashMap<String, String>();
        event.path("multiValueHeaders")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().path(0).asText()));
        event.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }
}
