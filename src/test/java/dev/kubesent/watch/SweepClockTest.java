package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepClockTest {

    private final BlockingQueue<String> swept = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> goOn = new LinkedBlockingQueue<>();
    private final SweepClock clock = new SweepClock(this::sweep, Duration.ZERO);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(clock);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void one_is_made_at_the_begin_and_one_more_when_a_watch_has_missed_something() throws InterruptedException {
        assertThat(begun()).isTrue();
        goOn.add(true);
        clock.ask();

        assertThat(begun()).isTrue();
    }

    @Test
    void what_is_asked_for_while_one_begins_is_the_next() throws InterruptedException {
        assertThat(begun()).isTrue();
        clock.ask();
        clock.ask();
        goOn.add(true);

        assertThat(begun()).isTrue();
    }

    private boolean begun() throws InterruptedException {
        return swept.poll(30, TimeUnit.SECONDS) != null;
    }

    private boolean sweep() {
        swept.add("sweep");
        try {
            return goOn.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
