package dev.kubesent.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a transport sends back. Its headers are all there are: nothing of the request ever comes back. Its body is never longer than 64 KiB,
 * whatever it was made of: a sender must not get more than it sent.
 *
 * @param headers names in lower case
 */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    /** Bytes. */
    public static final int LONGEST = 64 * 1024;

    private static final String CUT = "{\"title\":\"The answer is too long\",\"status\":%d,"
            + "\"detail\":\"it had %d bytes, more than 65536, and is left out; what was done is done\"}";

    public Reply {
        if (body.length > LONGEST) {
            // No 2xx with it: a Broker makes a 502 of a body that is no CloudEvent.
            boolean isGood = status < 300;
            headers = isGood ? Map.of() : Map.of("content-type", "application/problem+json");
            body = (isGood ? "" : CUT.formatted(status, body.length)).getBytes(StandardCharsets.UTF_8);
            status = isGood ? 202 : status;
        }
        headers = Map.copyOf(headers);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
