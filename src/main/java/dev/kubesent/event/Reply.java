package dev.kubesent.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a transport sends back. Its headers are all there are: nothing of the request ever comes back.
 *
 * @param headers names in lower case
 */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
