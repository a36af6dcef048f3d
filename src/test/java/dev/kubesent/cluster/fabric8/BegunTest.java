package dev.kubesent.cluster.fabric8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BegunTest {

    @Test
    void two_reads_that_wait_for_each_other_both_end() {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var one = Begun.of(() -> met(first, second, "one"));
        var other = Begun.of(() -> met(second, first, "other"));
        assertEquals("one", one.get());
        assertEquals("other", other.get());
    }

    private static String met(CountDownLatch own, CountDownLatch others, String what) {
        own.countDown();
        try {
            others.await();
            return what;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_read_throws_is_thrown_where_it_is_waited_for() {
        var refused = new ClusterException(Kind.BUSY, "too many requests");
        var begun = Begun.of(() -> {
            throw refused;
        });
        assertSame(refused, assertThrows(ClusterException.class, begun::get));
        assertSame(refused, assertThrows(ClusterException.class, begun::get), "and each time");
    }

    @Test
    void an_error_of_the_machine_is_thrown_as_it_is() {
        var error = new StackOverflowError();
        var begun = Begun.of(() -> {
            throw error;
        });
        assertSame(error, assertThrows(StackOverflowError.class, begun::get));
    }

    @Test
    void who_is_interrupted_waits_no_longer_and_is_told_that_there_was_no_answer() {
        var never = new CountDownLatch(1);
        var begun = Begun.of(() -> met(new CountDownLatch(1), never, "late"));
        Thread.currentThread().interrupt();
        var thrown = assertThrows(ClusterException.class, begun::get);
        assertEquals(Kind.UNREACHABLE, thrown.kind());
        assertTrue(Thread.interrupted(), "whoever ends this thread is to know");
        never.countDown();
        assertEquals("late", begun.get());
    }
}
