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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Probe of the review: a watch is answered with 200, and its first line is an ERROR of 410, each time. */
class GoneInTheStreamTest {

    @Test
    void one_that_is_refused_by_its_first_line_each_time_is_not_asked_every_second() {
        var watcher = new ToldWatcher();
        Supplier<Change> gone = () -> {
            throw new ClusterException(ClusterException.Kind.BROKEN, "the watch was ended: 410");
        };
        for (int i = 0; i < 10; i++) {
            watcher.version("10").watch(gone);
        }
        var anew = new AtomicInteger();
        List<Duration> pauses = new ArrayList<>();
        new WatchLoop(
                        Watched.PODS,
                        watcher,
                        new Intake(
                                new LookQueue(Ticks.ofTheMachine()),
                                _ -> new Handled.Dropped(Sighting.Why.HEALTHY),
                                () -> {}),
                        anew::incrementAndGet,
                        pause -> {
                            pauses.add(pause);
                            return pauses.size() < 10;
                        })
                .run();

        System.out.println("pauses " + pauses + ", sweeps asked for " + anew);
        assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(8));
    }
}
