package dev.kubesent.watch;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches for as long as this process is elected. What it has begun by then is finished: the leases of incidents keep two processes apart. */
public final class WatchFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(WatchFeed.class);

    private final Election election;
    private final ClusterWatcher watcher;
    private final Function<Sighting, Handled> door;
    private final BooleanSupplier sweep;
    private final Runnable first;
    private final Ticks ticks;
    private final Tallies tallies = new Tallies();
    private volatile @Nullable Term term;
    private volatile Optional<String> dead = Optional.empty();

    /**
     * @param door what looks at a sighting, and never throws
     * @param sweep has a sweep made, and says whether one begins now
     * @param first what is done when this process is elected
     */
    public WatchFeed(
            Election election,
            ClusterWatcher watcher,
            Function<Sighting, Handled> door,
            BooleanSupplier sweep,
            Runnable first,
            Ticks ticks) {
        this.election = election;
        this.watcher = watcher;
        this.door = door;
        this.sweep = sweep;
        this.first = first;
        this.ticks = ticks;
    }

    @Override
    public void begin() {
        if (dead.isEmpty()) {
            election.begin(this::elected, this::lost);
        }
    }

    private void elected() {
        try {
            start();
        } catch (RuntimeException | Error e) {
            died("the begin of a term", e);
        }
    }

    private synchronized void start() {
        if (term == null && dead.isEmpty()) {
            var begun = new Term(watcher, door, sweep, ticks, tallies, this::died);
            term = begun;
            begun.begin();
            first.run();
        }
    }

    /** Another process is to lead, at once; and this one is to be started anew. A part of its threads is no watch. */
    private void died(String what, Throwable by) {
        LOG.error("{} ended: this process leads no more", what, by);
        dead = Optional.of(
                "%s ended with %s: this process has given the lease back, and watches no more. The kubelet starts it anew; its log says why"
                        .formatted(what, by));
        close();
    }

    @Override
    public Optional<String> dead() {
        return dead;
    }

    private synchronized void lost() {
        var ended = term;
        term = null;
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public boolean leads() {
        return term != null;
    }

    @Override
    public Optional<Figures> figures() {
        var now = term;
        return Optional.of(tallies.with(now == null ? 0 : now.waiting()));
    }

    @Override
    public Optional<String> trouble() {
        var now = term;
        return dead.or(() -> now == null ? election.trouble() : now.trouble());
    }

    @Override
    public String state() {
        var leader = election.leader();
        return dead.isPresent()
                ? "dead"
                : leads() ? "watches" : leader.isEmpty() ? "nobody leads" : "stands by for " + leader;
    }

    /** Not synchronized: the election calls back, and may be in the middle of that in another thread. */
    @Override
    public void close() {
        election.close();
        lost();
    }
}
