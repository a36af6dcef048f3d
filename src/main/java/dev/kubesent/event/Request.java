package dev.kubesent.event;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a transport received. Header names are compared without case (RFC 9110, 5.1): Knative sends {@code Ce-Id}, curl
 * what the user typed.
 *
 * @param headers names in lower case
 */
public record Request(Map<String, String> headers, byte[] body) {

    public Request {
        var lowerCase = new TreeMap<String, String>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lowerCase);
    }

    /** Empty where the header was not sent. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
