package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.time.Ticks;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    /** A source sends the next event as soon as the one before is answered: it is not to meet a start that has just gone on. */
    @Test
    void the_start_waits_a_moment_also_after_an_answer() throws Exception {
        var underWay = new UnderWay(Ticks.ofTheMachine());
        underWay.begun();
        try (var later = Executors.newSingleThreadScheduledExecutor()) {
            var answered = later.schedule(
                    () -> {
                        long before = System.nanoTime();
                        underWay.done();
                        return before;
                    },
                    20, // between two looks, which are 40 apart
                    TimeUnit.MILLISECONDS);
            underWay.giveWay();
            long wentOn = System.nanoTime();

            assertThat(Duration.ofNanos(wentOn - answered.get())).isGreaterThanOrEqualTo(Duration.ofMillis(39));
        }
    }
}
