package dev.kubesent.scan.described;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long ago something was, as kubectl prints it. */
final class Age {

    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([ydhms])");

    private static final Map<String, Integer> SECONDS =
            Map.of("y", 31_536_000, "d", 86_400, "h", 3_600, "m", 60, "s", 1);

    private Age() {}

    /** {@code 3m24s}, {@code 2d3h}; empty for {@code <unknown>}. */
    static Optional<Duration> of(String printed) {
        var part = PART.matcher(printed);
        long seconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            seconds += Long.parseLong(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0);
            end = part.end();
        }
        return end > 0 && end == printed.length() ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }
}
