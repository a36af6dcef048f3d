package dev.kubesent.watch;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Watched;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One watch after the other. What was only cut goes on behind the last line that was read. Where the API server refuses (410 Gone, a restored etcd), it
 * begins anew from this moment, and a sweep looks at what came before.
 */
final class WatchLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

    /** Between two watches, so that nobody is asked all the time. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** However many watches failed one after the other. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Doublings until the longest pause. */
    private static final int MOST_FAILURES = 6;

    private final Watched what;
    private final ClusterWatcher watcher;
    private final Intake intake;
    private final Runnable anew;
    private final Waiting waiting;
    private String version = "";
    /** Tries in a row that reached nobody. */
    private int failures;
    /** Watches in a row that were opened, and ended without a line. */
    private int refusals;

    private String said = "";
    private volatile Optional<String> trouble = Optional.empty();

    @FunctionalInterface
    interface Waiting {
        /** @return whether to go on after it */
        boolean goesOnAfter(Duration pause);
    }

    /** @param anew told when a watch begins anew: what came before is to be looked at otherwise */
    WatchLoop(Watched what, ClusterWatcher watcher, Intake intake, Runnable anew, Waiting waiting) {
        this.what = what;
        this.watcher = watcher;
        this.intake = intake;
        this.anew = anew;
        this.waiting = waiting;
    }

    Watched what() {
        return what;
    }

    /** Why there is no watch, where that does not pass by itself. */
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void run() {
        do {
            watch();
        } while (waiting.goesOnAfter(pause()));
    }

    /** With as much again by chance: all watches of all clients end at once when an API server restarts. */
    private Duration pause() {
        var least = PAUSE.multipliedBy(1L << Math.max(failures, refusals));
        var chance = ThreadLocalRandom.current().nextLong(least.toMillis());
        return least.plusMillis(chance).compareTo(LONGEST_PAUSE) < 0 ? least.plusMillis(chance) : LONGEST_PAUSE;
    }

    private void watch() {
        try {
            if (version.isEmpty()) {
                version = watcher.version(what);
                anew.run();
            }
            follow();
        } catch (ClusterException e) {
            failed(e);
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in the watch of {}", what.plural(), e);
            version = "";
            failures = Math.min(failures + 1, MOST_FAILURES);
        }
    }

    private void follow() {
        try (var changes = watcher.watch(what, version)) {
            trouble = Optional.empty();
            failures = 0;
            refusals = Math.min(refusals + 1, MOST_FAILURES); // until a line comes
            for (var change = changes.next(); change.isPresent(); change = changes.next()) {
                intake.take(what, change.get());
                version = change.get().version();
                well();
            }
            well();
        }
    }

    /** By a line, or an end as is due: an API server that opens a watch may refuse it in its first line. */
    private void well() {
        said = "";
        refusals = 0;
    }

    private void failed(ClusterException e) {
        if (Thread.currentThread().isInterrupted()) {
            return; // the term is over
        }
        if (e.kind() != Kind.UNREACHABLE && e.kind() != Kind.BUSY) {
            version = "";
        }
        failures = Math.min(failures + 1, MOST_FAILURES);
        var message = message(e);
        if (!e.passing()) {
            trouble = Optional.of(message);
        }
        if (!said.equals(message)) { // once, and not every half minute
            said = message;
            LOG.atLevel(e.passing() ? Level.INFO : Level.WARN).log(message);
        }
    }

    private String message(ClusterException e) {
        return e.isForWantOfARight()
                ? "no right to watch the %s of all namespaces, so that only sweeps find what fails: bind the ClusterRole kubesent-source, as knative/overlays/plain does: %s"
                        .formatted(what.plural(), e.getMessage())
                : "the watch of %s begins again in a moment: %s".formatted(what.plural(), e.getMessage());
    }
}
