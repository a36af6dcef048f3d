package dev.kubesent.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Remembers a bounded number of things for a bounded time; the oldest go first. Safe for several threads. */
public final class Recent<K, V> {

    private record Kept<V>(V value, Instant from, Instant until) {

        /** Where the clock has stepped back behind its beginning, it is over as well: it would else last for the length of the step. */
        boolean isKnown(Instant now) {
            return !now.isBefore(from) && until.isAfter(now);
        }
    }

    private final Map<K, Kept<V>> entries;
    private final Clock clock;

    /** @param most entries */
    public Recent(int most, Clock clock) {
        this.clock = clock;
        this.entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.isKnown(clock.instant()))
                .map(Kept::value);
    }

    public synchronized void put(K key, V value, Duration lasting) {
        entries.remove(key); // so that the order is that of the last writes
        dropExpired();
        var now = clock.instant();
        entries.put(key, new Kept<>(value, now, now.plus(lasting)));
    }

    /** The oldest, as far as they have expired: nothing stays for long after that. */
    private void dropExpired() {
        var now = clock.instant();
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && !oldest.next().isKnown(now)) {
            oldest.remove();
        }
    }

    /** What is known of it now, in place of what was. */
    public synchronized void replace(Predicate<V> what, Function<K, V> now, Duration lasting) {
        var from = clock.instant();
        entries.replaceAll((key, entry) ->
                what.test(entry.value()) ? new Kept<>(now.apply(key), from, from.plus(lasting)) : entry);
    }

    public synchronized void forget(Predicate<V> what) {
        entries.values().removeIf(entry -> what.test(entry.value()));
    }

    public synchronized int size() {
        return entries.size();
    }
}
