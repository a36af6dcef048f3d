package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.Effect;
import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run. Safe for use by several threads; runs once. */
public final class Cleanup {

    /** A disk is not made faster by more; two of them are what a small node has. */
    private static final int MOST_THREADS = 4;

    private final CleanupSettings settings;
    private final Clock clock;
    private final Instant begun;
    private final Tally tally = new Tally();
    private final Brake brake;
    private final Complaints complaints;

    /** @param complain takes a line for each of the first failures */
    public Cleanup(CleanupSettings settings, Clock clock, Consumer<String> complain) {
        this.settings = settings;
        this.clock = clock;
        this.begun = clock.instant();
        this.brake = new Brake(settings.most(), settings.longest(), clock);
        this.complaints = new Complaints(tally, complain);
    }

    /** @throws UnusableException where there is no such directory, or it must not be cleaned up; nothing was touched then */
    public Summary run() {
        var mounts = mounts();
        var system = new SystemDirectories(mounts);
        var real = SourceDirectory.real(settings.source(), system);
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        try (var helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
                var handle = SourceDirectory.open(real, system)) {
            var source = Folder.source(handle, real);
            var files = new FileJudge(settings, Age.of(settings.daysOld(), begun), brake, tally, complaints);
            var borders = new Borders(mounts.below(real), system);
            new Walk(settings, files, brake, borders, helpers, threads - 1).run(source);
        } catch (IOException e) {
            complaints.about(real, e);
        }
        return summary();
    }

    private static MountTable mounts() {
        try {
            return MountTable.read();
        } catch (IOException e) {
            throw new UnusableException("what is mounted where cannot be read: " + Printable.of(e));
        }
    }

    /**
     * Runs, and says every so often how far it is.
     *
     * @param every first after that long
     * @param tell takes a line, in a thread of its own
     * @throws UnusableException as {@link #run}
     */
    public Summary run(Duration every, Consumer<String> tell) {
        try (var ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory())) {
            ticker.scheduleAtFixedRate(
                    () -> tell.accept(progress()), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return run();
            } finally {
                ticker.shutdownNow();
            }
        }
    }

    /** Between two files. */
    public void stop() {
        brake.stop();
    }

    /** A line for a person, at any time. */
    public String progress() {
        return Progress.of(tally, since()).toString();
    }

    private Summary summary() {
        var failed = tally.failed.sum();
        return new Summary(
                brake.ending().orElse(failed == 0 ? Ending.DONE : Ending.INCOMPLETE),
                settings.effect() == Effect.DRY_RUN,
                tally.seen.sum(),
                tally.deleted.sum(),
                tally.bytes.sum(),
                failed,
                tally.vanished.sum(),
                tally.directoriesRemoved.sum(),
                tally.directoriesPassed.sum(),
                since().toMillis() / 1000.0);
    }

    private Duration since() {
        return Duration.between(begun, clock.instant());
    }
}
