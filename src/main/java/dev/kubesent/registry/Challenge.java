package dev.kubesent.registry;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a registry wants to be signed in to (RFC 9110, 11.6.1; distribution/distribution, "Token Authentication Specification"). */
sealed interface Challenge {

    record Basic() implements Challenge {}

    /** @param realm where tokens are given @param service whom for @param scope empty where the registry names none */
    record Bearer(String realm, String service, String scope) implements Challenge {}

    Pattern PARAMETER = Pattern.compile("(?<!\\w)(\\w{1,64}+)=\"([^\"]{0,2000}+)\"");

    /** The first that is known; empty where none is. */
    static Optional<Challenge> of(HttpHeaders headers) {
        return headers.allValues("WWW-Authenticate").stream()
                .flatMap(value -> of(value).stream())
                .findFirst();
    }

    private static Optional<Challenge> of(String value) {
        var scheme = value.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "basic" -> Optional.of(new Basic());
            case "bearer" -> {
                var given = parameters(value);
                yield Optional.ofNullable(given.get("realm"))
                        .map(realm ->
                                new Bearer(realm, given.getOrDefault("service", ""), given.getOrDefault("scope", "")));
            }
            default -> Optional.empty();
        };
    }

    private static Map<String, String> parameters(String value) {
        var all = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(value);
        while (matcher.find()) {
            all.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        return all;
    }
}
