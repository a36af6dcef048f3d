package dev.kubesent.watch;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Watches for as long as this process is elected. What it has begun by then is finished: the leases of incidents keep two processes apart. */
public final class WatchFeed implements Feed {

    private final Election election;
    private final ClusterWatcher watcher;
    private final Function<Sighting, Handled> door;
    private final BooleanSupplier sweep;
    private final Runnable first;
    private final Clock clock;
    private volatile @Nullable Term term;

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
            Clock clock) {
        this.election = election;
        this.watcher = watcher;
        this.door = door;
        this.sweep = sweep;
        this.first = first;
        this.clock = clock;
    }

    @Override
    public void begin() {
        election.begin(this::elected, this::lost);
    }

    private synchronized void elected() {
        if (term == null) {
            var begun = new Term(watcher, door, sweep, clock);
            term = begun;
            begun.begin();
            first.run();
        }
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
    public Optional<String> trouble() {
        var now = term;
        return now == null ? election.trouble() : now.trouble();
    }

    @Override
    public String state() {
        var leader = election.leader();
        return leads() ? "watches" : leader.isEmpty() ? "nobody leads" : "stands by for " + leader;
    }

    /** Not synchronized: the election calls back, and may be in the middle of that in another thread. */
    @Override
    public void close() {
        election.close();
        lost();
    }
}
