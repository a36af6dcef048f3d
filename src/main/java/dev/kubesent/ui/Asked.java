package dev.kubesent.ui;

import java.util.Map;

/**
 * A request of a browser, whichever server took it.
 *
 * @param path as it was sent, undecoded, without the query
 * @param headers by lower-case name; one that came twice has both values, so that it equals neither
 * @param body bounded by whoever read it
 */
public record Asked(String method, String path, Map<String, String> headers, byte[] body) {

    public Asked {
        headers = Map.copyOf(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
