package dev.kubesent.diagnosis.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How many calls this process may make; asked before each. One namespace has at most half of them (rounded up), of a minute's and of a
 * day's: what fails there in ways that nobody knows must not take the others' day. Safe for several threads.
 */
public final class Budget {

    /** In which a minute's calls are counted. */
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** In which a day's calls are counted. */
    private static final Duration DAY = Duration.ofDays(1);

    /** Of nobody's share. */
    private static final String NOBODY = "";

    private final int perMinute;
    private final int perDay;
    private final Clock clock;
    private final Deque<Call> calls = new ArrayDeque<>();

    public Budget(int perMinute, int perDay, Clock clock) {
        this.perMinute = perMinute;
        this.perDay = perDay;
        this.clock = clock;
    }

    private record Call(Instant at, String namespace) {}

    /** Takes one that is no namespace's, or says when there is one again. */
    Optional<Instant> take() {
        return take(NOBODY);
    }

    /** Takes one of the namespace's share, or says when there is one again. */
    synchronized Optional<Instant> take(String namespace) {
        var now = clock.instant();
        while (!calls.isEmpty() && !calls.peekFirst().at().plus(DAY).isAfter(now)) {
            calls.removeFirst();
        }
        var own = namespace.equals(NOBODY)
                ? List.<Call>of()
                : calls.stream()
                        .filter(call -> call.namespace().equals(namespace))
                        .toList();
        var until = spent(List.copyOf(calls), perDay, DAY, now)
                .or(() -> spent(own, half(perDay), DAY, now))
                .or(() -> spent(List.copyOf(calls), perMinute, MINUTE, now))
                .or(() -> spent(own, half(perMinute), MINUTE, now));
        if (until.isEmpty()) {
            calls.addLast(new Call(now, namespace));
        }
        return until;
    }

    private static int half(int all) {
        return (all + 1) / 2;
    }

    /** When there is one again, where so many were made within that time. */
    private static Optional<Instant> spent(List<Call> calls, int most, Duration within, Instant now) {
        var recent = calls.stream()
                .map(Call::at)
                .filter(at -> at.isAfter(now.minus(within)))
                .toList();
        return recent.size() < most
                ? Optional.empty()
                : Optional.of((recent.isEmpty() ? now : recent.getFirst()).plus(within));
    }
}
