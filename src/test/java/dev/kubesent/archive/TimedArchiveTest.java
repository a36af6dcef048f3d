package dev.kubesent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.evidence.Evidence;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimedArchiveTest {

    @Test
    void a_write_that_never_returns_holds_up_nobody_and_lets_nothing_be_deleted() {
        var hanging = new Hanging();
        var archive = new TimedArchive(hanging, Duration.ofMillis(20));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> archive.keep(new Incident()))
                .withMessageContaining("has not answered");
        for (int more = 0; more < 20; more++) {
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> archive.keep(new Incident()));
        }

        assertThat(hanging.begun.get()).isOne();
        hanging.back.countDown();
    }

    @Test
    void what_cannot_be_written_is_told_as_before() {
        var archive = new TimedArchive(
                new Hanging() {
                    @Override
                    public void keep(Incident incident) {
                        throw new IllegalStateException("no such folder");
                    }
                },
                Duration.ofSeconds(10));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> archive.keep(new Incident()))
                .withMessageContaining("no such folder");
    }

    private static class Hanging implements Archive {

        final CountDownLatch back = new CountDownLatch(1);
        final AtomicInteger begun = new AtomicInteger();

        @Override
        public void keep(Incident incident, Evidence evidence) {
            keep(incident);
        }

        @Override
        public void keep(Incident incident) {
            begun.incrementAndGet();
            try {
                back.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
