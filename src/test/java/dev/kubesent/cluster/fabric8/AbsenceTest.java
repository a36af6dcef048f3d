package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Extent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AbsenceTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the ticks may wrap around
    private final AtomicInteger asked = new AtomicInteger();
    private final Absence absence = new Absence(now::get);

    @Test
    void what_is_not_installed_is_asked_for_once_a_minute() {
        for (int i = 0; i < 3; i++) {
            assertThat(absence.unlessAbsent(answering(Optional.empty()))).isEqualTo(Extent.WHOLE);
        }
        assertThat(asked).hasValue(1);

        now.addAndGet(Absence.REMEMBERED.toNanos());
        var _ = absence.unlessAbsent(answering(Optional.empty()));

        assertThat(asked).hasValue(2);
    }

    @Test
    void what_is_installed_is_asked_for_each_time() {
        for (int i = 0; i < 3; i++) {
            var _ = absence.unlessAbsent(answering(Optional.of(Extent.WHOLE)));
        }

        assertThat(asked).hasValue(3);
    }

    private Supplier<Optional<Extent>> answering(Optional<Extent> extent) {
        return () -> {
            asked.incrementAndGet();
            return extent;
        };
    }
}
