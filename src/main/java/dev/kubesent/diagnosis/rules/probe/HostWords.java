package dev.kubesent.diagnosis.rules.probe;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** How programs say that they refuse a request for its Host header (Django, Rails, Vite, Home Assistant, Grafana, Jupyter, Keycloak). */
final class HostWords {

    private static final int LONGEST = 2000;

    private static final Pattern WORDS = Pattern.compile(
            "(?i)Invalid HTTP_HOST header|ALLOWED_HOSTS|DisallowedHost|Blocked hosts?: |Blocked request\\. This"
                    + " host|Host header|allowed_?hosts|untrusted (?:host|domain)|trusted_domains|host not allowed|Invalid"
                    + " host");

    private HostWords() {}

    static Optional<String> in(List<String> log) {
        return log.stream()
                .map(line -> line.substring(0, Math.min(LONGEST, line.length())))
                .filter(line -> WORDS.matcher(line).find())
                .findFirst()
                .map(String::strip);
    }
}
