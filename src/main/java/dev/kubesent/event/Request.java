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
        headers = isLowerCase(headers) ? Map.copyOf(headers) : lowerCase(headers);
    }

    private static boolean isLowerCase(Map<String, String> headers) {
        for (var name : headers.keySet()) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if ((c >= 'A' && c <= 'Z') || c > '~') {
                    return false;
                }
            }
        }
        return true;
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        var lowerCase = new TreeMap<String, String>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        return Map.copyOf(lowerCase);
    }

    /** The same headers before another body. */
    public Request with(byte[] otherBody) {
        return new Request(headers, otherBody);
    }

    /** Empty where the header was not sent. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
