package dev.kubesent.function;

import dev.kubesent.registry.OciRegistry.Transport;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registries that the settings name. */
final class Registries {

    private static final String PLAIN = "http://";

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?");

    static final Form<Map<String, Transport>> FORM = new Form<>(
            "hosts such as docker.io, comma-separated, each with http:// before it where it has no TLS, or none",
            Registries::parse);

    private Registries() {}

    /** @throws IllegalArgumentException where one is no host */
    private static Map<String, Transport> parse(String value) {
        return value.equals("none")
                ? Map.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .collect(Collectors.toMap(
                                Registries::host,
                                one -> one.startsWith(PLAIN) ? Transport.PLAIN : Transport.TLS,
                                (first, _) -> first));
    }

    private static String host(String one) {
        var host = one.startsWith(PLAIN) ? one.substring(PLAIN.length()) : one;
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(one);
        }
        return host;
    }
}
