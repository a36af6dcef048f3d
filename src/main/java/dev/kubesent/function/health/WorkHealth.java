package dev.kubesent.function.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Alive only where no piece of work runs for ever. Java cannot end one from outside, and it keeps its place: so the kubelet is to end
 * the process. The incident is taken over, and parked where it does the same to the next ones.
 */
public final class WorkHealth implements HealthIndicator {

    /** Five leases. Reads, models, registries and sinks have deadlines of a minute or less each. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final List<Supplier<Optional<Instant>>> workers;
    private final Supplier<Optional<String>> dead;
    private final Clock clock;

    /** @param workers each tells since when its longest work runs @param dead why only a new process can go on */
    public WorkHealth(List<Supplier<Optional<Instant>>> workers, Supplier<Optional<String>> dead, Clock clock) {
        this.dead = dead;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public Health health() {
        var end = clock.instant().minus(LONGEST);
        return workers.stream()
                .flatMap(worker -> worker.get().stream())
                .filter(since -> since.isBefore(end))
                .findFirst()
                .map(since -> "work that began at " + since + " has not ended: restart the process")
                .or(dead)
                .map(reason -> Health.down().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }
}
