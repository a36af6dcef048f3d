package dev.kubesent.function;

import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A CloudEvent in a file: {@code .http} is a request in binary mode, anything else a structured event. */
final class EventFile {

    private static final Pattern EMPTY_LINE = Pattern.compile("\\r?\\n\\r?\\n");

    private EventFile() {}

    /** @throws UsageException where it is not such a file */
    static Request read(String name, byte[] content) {
        return name.endsWith(".http")
                ? http(name, content)
                : new Request(Map.of("content-type", "application/cloudevents+json"), content);
    }

    /** A request line, headers, an empty line, and the body, as RFC 9112 has them; a bare line feed ends a line too. */
    private static Request http(String name, byte[] content) {
        var text = new String(content, StandardCharsets.ISO_8859_1); // a character for each byte
        var emptyLine = EMPTY_LINE.matcher(text);
        if (!emptyLine.find()) {
            throw new UsageException("'" + name + "' has no empty line between headers and body");
        }
        var headers = new HashMap<String, String>();
        text.substring(0, emptyLine.start()).lines().skip(1).forEach(line -> {
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return new Request(headers, Arrays.copyOfRange(content, emptyLine.end(), content.length));
    }
}
