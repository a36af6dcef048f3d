package dev.kubesent.cleanup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What stops a run before its end: between two files, never within one. */
final class Brake {

    private final OptionalLong most;
    private final Instant until;
    private final Clock clock;
    private final AtomicLong begun = new AtomicLong();
    private volatile @Nullable Ending pulled;

    Brake(OptionalLong most, Optional<Duration> longest, Clock clock) {
        this.most = most;
        this.until = longest.map(clock.instant()::plus).orElse(Instant.MAX);
        this.clock = clock;
    }

    void stop() {
        pulled = Ending.TERMINATED;
    }

    boolean isPulled() {
        if (pulled == null && clock.instant().isAfter(until)) {
            pulled = Ending.LIMIT;
        }
        return pulled != null;
    }

    /** Whether somebody has pulled it, whatever the clock says by now. */
    boolean isHeld() {
        return pulled != null;
    }

    /** Counted before it is done, so that no two threads pass the limit together. */
    boolean mayDelete() {
        if (most.isEmpty() || begun.incrementAndGet() <= most.getAsLong()) {
            return true;
        }
        pulled = pulled == null ? Ending.LIMIT : pulled;
        return false;
    }

    /** It was not deleted after all. */
    void spared() {
        begun.decrementAndGet();
    }

    Optional<Ending> ending() {
        return Optional.ofNullable(pulled);
    }
}
