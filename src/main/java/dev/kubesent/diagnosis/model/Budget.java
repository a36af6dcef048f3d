package dev.kubesent.diagnosis.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How many calls this process may make; asked before each. Safe for several threads. */
public final class Budget {

    private final int perMinute;
    private final int perDay;
    private final Clock clock;
    private final Deque<Instant> calls = new ArrayDeque<>();

    public Budget(int perMinute, int perDay, Clock clock) {
        this.perMinute = perMinute;
        this.perDay = perDay;
        this.clock = clock;
    }

    /** Takes one, or says when there is one again. */
    synchronized Optional<Instant> take() {
        var now = clock.instant();
        while (!calls.isEmpty() && !calls.peekFirst().plus(Duration.ofDays(1)).isAfter(now)) {
            calls.removeFirst();
        }
        if (calls.size() >= perDay) {
            return Optional.of(
                    calls.isEmpty()
                            ? now.plus(Duration.ofDays(1))
                            : calls.peekFirst().plus(Duration.ofDays(1)));
        }
        var minute = now.minus(Duration.ofMinutes(1));
        var recent = calls.stream().filter(call -> call.isAfter(minute)).toList();
        if (recent.size() >= perMinute) {
            return Optional.of((recent.isEmpty() ? now : recent.getFirst()).plus(Duration.ofMinutes(1)));
        }
        calls.addLast(now);
        return Optional.empty();
    }
}
