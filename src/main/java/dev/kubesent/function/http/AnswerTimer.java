package dev.kubesent.function.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Counts what is answered at the door in {@code http.server.requests}, with the tags that Spring's own filter would give it: that one stands
 * behind the door, and costs as much as all else at it.
 */
public final class AnswerTimer implements Answers {

    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(String method, int status) {

        /** A record's own goes by method handles, which the image's compiler does not see through. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(var otherMethod, var otherStatus)
                    && status == otherStatus
                    && method.equals(otherMethod);
        }

        @Override
        public int hashCode() {
            return 31 * method.hashCode() + status;
        }
    }

    public AnswerTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void tell(String method, int status, long nanos) {
        var key = new Key(Answers.known(method), status);
        var timer = timers.get(key);
        if (timer == null) {
            timer = timers.computeIfAbsent(key, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return registry.timer(
                "http.server.requests",
                "error",
                NONE,
                "exception",
                NONE,
                "method",
                key.method,
                "outcome",
                outcome(key.status),
                "status",
                String.valueOf(key.status),
                "uri",
                key.status == 404 ? "NOT_FOUND" : "UNKNOWN");
    }

    private static String outcome(int status) {
        var series = HttpStatus.Series.resolve(status);
        return series == null
                ? "UNKNOWN"
                : switch (series) {
                    case INFORMATIONAL -> "INFORMATIONAL";
                    case SUCCESSFUL -> "SUCCESS";
                    case REDIRECTION -> "REDIRECTION";
                    case CLIENT_ERROR -> "CLIENT_ERROR";
                    case SERVER_ERROR -> "SERVER_ERROR";
                };
    }
}
