package dev.kubesent.watch;

import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What waits for a look: of each object the newest that was seen, in the order in which it was seen first, and one look at an object at a time. Bounded by
 * what it holds, of which one namespace has half. Safe for several threads.
 */
final class LookQueue implements AutoCloseable {

    /** Bytes of all that waits. */
    static final int MOST = 16 << 20;

    /** Bytes of an entry beside its pod. */
    private static final int ENTRY = 512;

    /** Looks at the same; the pauses between them are a minute and a half together. */
    static final int TRIES = 8;

    /** After the first look in vain; each pause is twice the one before. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** However many looks were in vain. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Ticks ticks;
    private final Tallies tallies;
    private final Map<Key, Look> waiting = new LinkedHashMap<>();
    private final Set<Key> looked = new HashSet<>();
    private final Map<Name, Integer> shares = new HashMap<>();
    private int weight;
    private boolean isClosed;

    record Key(Watched what, Name namespace, Name name) {
        @Override
        public String toString() {
            return "%s of %s/%s".formatted(what.plural(), namespace, name);
        }
    }

    /** @param tries so far @param since when it waits, by the ticks @param pause before it is looked at */
    record Look(Key key, Sighting seen, int tries, long since, Duration pause) {
        private int weight() {
            return ENTRY
                    + (seen instanceof Sighting.Suspicious(var pod)
                            ? pod.body().map(body -> body.length).orElse(0)
                            : 0);
        }
    }

    LookQueue(Ticks ticks, Tallies tallies) {
        this.ticks = ticks;
        this.tallies = tallies;
    }

    /** @return whether it will be looked at; a look sees the live object, so that an older sighting of it which waits already will do */
    synchronized boolean offer(Key key, Sighting seen) {
        var before = waiting.get(key);
        var next = before == null
                ? new Look(key, seen, 0, ticks.nanos(), Duration.ZERO)
                : new Look(key, seen, before.tries(), before.since(), before.pause());
        var more = next.weight() - (before == null ? 0 : before.weight());
        if (isClosed || weight + more > MOST || share(key) + more > MOST / 2) {
            if (before == null) {
                tallies.left();
            }
            return before != null;
        }
        put(next, more);
        return true;
    }

    private int share(Key key) {
        return shares.getOrDefault(key.namespace(), 0);
    }

    private void put(Look look, int more) {
        waiting.put(look.key(), look);
        count(look.key(), more);
        notifyAll();
    }

    private void count(Key key, int more) {
        weight += more;
        shares.merge(key.namespace(), more, (one, other) -> one + other == 0 ? null : one + other);
    }

    /** Waits for the next that is due, to be given back with {@link #done} or {@link #again}; empty once this is closed. */
    synchronized Optional<Look> next() throws InterruptedException {
        var next = ready();
        while (next.isEmpty() && !isClosed) {
            wait(untilDue());
            next = ready();
        }
        return next;
    }

    /** The same without waiting. */
    synchronized Optional<Look> ready() {
        var next = isClosed
                ? Optional.<Look>empty()
                : waiting.values().stream()
                        .filter(look -> !looked.contains(look.key()) && ticks.isOver(look.since(), look.pause()))
                        .findFirst();
        next.ifPresent(look -> {
            waiting.remove(look.key());
            count(look.key(), -look.weight());
            looked.add(look.key());
        });
        return next;
    }

    /** Milliseconds; zero, which is for ever, where nothing waits for its time: whatever comes or is done wakes us. */
    private long untilDue() {
        var now = ticks.nanos();
        return waiting.values().stream()
                .filter(look -> !looked.contains(look.key()))
                .mapToLong(look ->
                        Math.max(1, look.pause().minusNanos(now - look.since()).toMillis()))
                .min()
                .orElse(0);
    }

    synchronized void done(Look look) {
        looked.remove(look.key());
        notifyAll();
    }

    /** It has to be looked at once more, after a pause. @return false where it was looked at often enough */
    synchronized boolean again(Look look) {
        done(look);
        var tries = look.tries() + 1;
        if (tries >= TRIES) {
            tallies.left();
            return waiting.containsKey(look.key());
        }
        tallies.again();
        var pause = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
        var longest = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        var newer = waiting.get(look.key());
        var next = new Look(look.key(), newer == null ? look.seen() : newer.seen(), tries, ticks.nanos(), longest);
        put(next, next.weight() - (newer == null ? 0 : newer.weight()));
        return true;
    }

    /** How many wait. */
    synchronized int size() {
        return waiting.size();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
