package dev.kubesent.cluster.fabric8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadsBesideTest {

    private final ReadsBeside reads = new ReadsBeside();

    @Test
    void two_reads_that_wait_for_each_other_both_end() {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var one = reads.begin(() -> met(first, second, "one"));
        var other = reads.begin(() -> met(second, first, "other"));
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
        var begun = reads.begin(() -> {
            throw refused;
        });
        assertSame(refused, assertThrows(ClusterException.class, begun::get));
        assertSame(refused, assertThrows(ClusterException.class, begun::get), "and each time");
    }

    @Test
    void an_error_of_the_machine_is_thrown_as_it_is() {
        var error = new StackOverflowError();
        var begun = reads.begin(() -> {
            throw error;
        });
        assertSame(error, assertThrows(StackOverflowError.class, begun::get));
    }

    @Test
    void who_is_interrupted_waits_no_longer_and_is_told_that_there_was_no_answer() {
        var never = new CountDownLatch(1);
        var begun = reads.begin(() -> met(new CountDownLatch(1), never, "late"));
        Thread.currentThread().interrupt();
        var thrown = assertThrows(ClusterException.class, begun::get);
        assertEquals(Kind.UNREACHABLE, thrown.kind());
        assertTrue(Thread.interrupted(), "whoever ends this thread is to know");
        never.countDown();
        assertEquals("late", begun.get());
    }

    @Test
    void where_as_many_go_on_as_may_the_next_is_read_by_who_asks() {
        var end = new CountDownLatch(1);
        var going = Stream.generate(() -> reads.begin(() -> met(new CountDownLatch(1), end, "late")))
                .limit(ReadsBeside.PLACES)
                .toList();
        assertSame(Thread.currentThread(), reads.begin(Thread::currentThread).get());
        end.countDown();
        going.forEach(one -> assertEquals("late", one.get()));
        assertNotSame(Thread.currentThread(), reads.begin(Thread::currentThread).get(), "their places are free again");
    }

    @Test
    void one_that_fails_gives_its_place_back() {
        for (int i = 0; i <= ReadsBeside.PLACES; i++) {
            var refused = reads.begin(() -> {
                throw new ClusterException(Kind.FORBIDDEN, "no");
            });
            assertThrows(ClusterException.class, refused::get);
        }
        assertNotSame(Thread.currentThread(), reads.begin(Thread::currentThread).get());
    }
}
