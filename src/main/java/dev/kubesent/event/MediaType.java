package dev.kubesent.event;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;

/** A Content-Type, as far as the decoding needs it. @param essence type/subtype in lower case; empty where not given */
record MediaType(String essence, Charset charset) {

    private static final MediaType JSON = new MediaType("application/json", StandardCharsets.UTF_8);

    static MediaType parse(String header) throws UnusableEventException {
        if (header.equals(JSON.essence)) {
            return JSON; // what nearly all events say
        }
        var parts = header.split(";", -1);
        var charset = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(p -> p.toLowerCase(Locale.ROOT).startsWith("charset="))
                .map(p -> p.substring("charset=".length()).replace("\"", "").strip())
                .findFirst()
                .orElse("utf-8");
        try {
            return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnusableEventException(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "the charset '" + charset + "' of the Content-Type is not known");
        }
    }

    /** Nothing given means JSON (CloudEvents JSON format, 3.1). */
    boolean isJson() {
        return essence.isEmpty()
                || essence.equals("application/json")
                || essence.equals("text/json")
                || essence.endsWith("+json");
    }

    boolean isCloudEvents() {
        return essence.startsWith("application/cloudevents");
    }

    byte[] toUtf8(byte[] body) {
        return charset.equals(StandardCharsets.UTF_8)
                ? body
                : new String(body, charset).getBytes(StandardCharsets.UTF_8);
    }
}
