package dev.kubesent.sender;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of tokens for each name. It forgets the name that was longest not heard of, so that inventing names costs no memory. Safe for
 * several threads.
 */
final class RateLimit {

    /** Names that are remembered; one takes about 200 bytes. */
    static final int NAMES = 10_000;

    private final int burst;
    private final double perSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > NAMES;
        }
    };

    /** @param burst events at once @param perSecond events for ever */
    RateLimit(int burst, double perSecond, Clock clock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
    }

    private record Bucket(double tokens, Instant at) {}

    synchronized int names() {
        return buckets.size();
    }

    /** Whether it was counted before, and is not forgotten. */
    synchronized boolean knows(String name) {
        return buckets.containsKey(name);
    }

    /** Whether one more of this name is within the limit; it counts if so. */
    synchronized boolean admits(String name) {
        var now = clock.instant();
        var bucket = buckets.getOrDefault(name, new Bucket(burst, now));
        var seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        var tokens = Math.min(burst, bucket.tokens() + seconds * perSecond);
        buckets.put(name, new Bucket(tokens >= 1 ? tokens - 1 : tokens, now));
        return tokens >= 1;
    }
}
