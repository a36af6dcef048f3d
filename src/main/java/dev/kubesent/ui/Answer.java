package dev.kubesent.ui;

import dev.kubesent.cluster.KubernetesJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a browser is answered.
 *
 * @param status of HTTP
 * @param type media type of the body
 */
public record Answer(int status, String type, byte[] body) {

    /**
     * A browser runs no script but the page's own files, loads nothing from elsewhere, shows the page in no frame, sends its address nowhere, and refuses to
     * turn any text into markup (Trusted Types, where the browser has them).
     */
    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri"
                    + " 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'",
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "no-referrer",
            "cross-origin-resource-policy",
            "same-origin",
            "cross-origin-opener-policy",
            "same-origin",
            "cache-control",
            "no-store");

    /** For every answer, whatever it says. There is none that lets another origin read it. */
    public static Map<String, String> headers() {
        return HEADERS;
    }

    static Answer json(Object value) {
        return json(200, value);
    }

    /** @param what happened, why, and what to do about it */
    static Answer problem(int status, String what) {
        return json(status, new Problem(what));
    }

    private record Problem(String problem) {}

    private static Answer json(int status, Object value) {
        return new Answer(
                status,
                "application/json; charset=utf-8",
                KubernetesJson.json(value).getBytes(StandardCharsets.UTF_8));
    }
}
