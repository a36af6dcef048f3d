package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.Extent;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * That an API is not installed in this cluster, as far as was seen a short while ago: each OOM kill of a thousand would ask anew, and hear the same. Safe for
 * several threads.
 */
final class Absence {

    /** Whoever installs metrics-server waits for its first sample about as long. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Ticks ticks;
    private volatile Optional<Long> seen = Optional.empty();

    Absence(Ticks ticks) {
        this.ticks = ticks;
    }

    /** Of what is not installed there is nothing. @param read empty where the API server knows no such API */
    Extent unlessAbsent(Supplier<Optional<Extent>> read) {
        if (seen.filter(at -> !ticks.isOver(at, REMEMBERED)).isPresent()) {
            return Extent.WHOLE;
        }
        var extent = read.get();
        if (extent.isEmpty()) {
            seen = Optional.of(ticks.nanos());
        }
        return extent.orElse(Extent.WHOLE);
    }
}
