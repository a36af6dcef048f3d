package dev.kubesent.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers a bounded number of things for a bounded time; the oldest go first. Safe for several threads. */
public final class Recent<K, V> {

    private record Kept<V>(V value, Instant until) {}

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
                .filter(entry -> entry.until().isAfter(clock.instant()))
                .map(Kept::value);
    }

    public synchronized void put(K key, V value, Duration lasting) {
        entries.remove(key); // so that the order is that of the last writes
        dropExpired();
        entries.put(key, new Kept<>(value, clock.instant().plus(lasting)));
    }

    /** The oldest, as far as they have expired: nothing stays for long after that. */
    private void dropExpired() {
        var now = clock.instant();
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && !oldest.next().until().isAfter(now)) {
            oldest.remove();
        }
    }

    /** What is known of it now, in place of what was. */
    public synchronized void replace(Predicate<V> what, V now, Duration lasting) {
        var until = clock.instant().plus(lasting);
        entries.replaceAll((_, entry) -> what.test(entry.value()) ? new Kept<>(now, until) : entry);
    }

    public synchronized void forget(Predicate<V> what) {
        entries.values().removeIf(entry -> what.test(entry.value()));
    }

    public synchronized int size() {
        return entries.size();
    }
}
