package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A watch is answered with 200, and its first line is an ERROR of 410. */
class GoneInTheStreamTest {

    private static final Supplier<Change> GONE = () -> {
        throw new ClusterException(ClusterException.Kind.BROKEN, "the watch was ended: 410");
    };

    @Test
    void one_that_is_refused_by_its_first_line_each_time_is_not_asked_every_second() {
        var watcher = new ToldWatcher();
        for (int i = 0; i < 10; i++) {
            watcher.version("10").watch(GONE);
        }

        assertThat(pauses(watcher, 10).getLast()).isGreaterThan(Duration.ofSeconds(8));
    }

    /** As on a real API server that began anew on a store that was compacted: what failed meanwhile waited for another half minute. */
    @Test
    void after_an_outage_the_first_refusal_is_followed_up_at_once() {
        var watcher = new ToldWatcher();
        for (int i = 0; i < 6; i++) {
            watcher.version(() -> {
                throw new ClusterException(ClusterException.Kind.UNREACHABLE, "connection refused");
            });
        }
        watcher.version("10").watch(GONE);

        var pauses = pauses(watcher, 7);

        assertThat(pauses.get(5)).as("in the outage").isGreaterThan(Duration.ofSeconds(8));
        assertThat(pauses.getLast()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    private static List<Duration> pauses(ToldWatcher watcher, int rounds) {
        List<Duration> pauses = new ArrayList<>();
        new WatchLoop(
                        Watched.PODS,
                        watcher,
                        new Intake(
                                new LookQueue(Ticks.ofTheMachine(), new Tallies()),
                                _ -> new Handled.Dropped(Sighting.Why.HEALTHY),
                                () -> {}),
                        () -> {},
                        pause -> {
                            pauses.add(pause);
                            return pauses.size() < rounds;
                        })
                .run();
        return pauses;
    }
}
