package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.kubesent.function.http.Bodies.Read;
import dev.kubesent.testing.MovingClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Findings 3 and 8: what bodies may take, of memory and of time. */
class BodiesTest {

    private static final int LONGEST = 2 << 20;
    private static final long ROOM = 16 << 20;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final Bodies bodies = new Bodies(LONGEST, clock);

    @Test
    void of_a_hundred_and_fifty_bodies_eight_are_held_and_the_others_come_again_later() throws IOException {
        var held = new ArrayList<Read.Whole>();
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            switch (bodies.read(new ByteArrayInputStream(new byte[LONGEST - 1]), -1)) {
                case Read.Whole whole -> held.add(whole);
                case Read.Instead(var reply) -> {
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.headers()).containsKey("retry-after");
                    refused++;
                }
            }
        }
        assertThat(held).hasSize(8);
        assertThat(refused).isEqualTo(142);
        assertThat(bodies.taken()).isEqualTo(ROOM);

        held.forEach(whole -> whole.held().close());
        held.forEach(whole -> whole.held().close());

        assertThat(bodies.taken()).isZero();
    }

    @Test
    void a_body_comes_as_it_was_sent_whatever_pieces_it_comes_in() throws IOException {
        for (var length : List.of(0, 1, 8191, 8192, 8193, 100_000, LONGEST)) {
            var sent = new byte[length];
            for (int i = 0; i < length; i++) {
                sent[i] = (byte) (i * 31);
            }

            var read = bodies.read(inPieces(sent, Duration.ZERO), length);

            var whole = assertThat(read).asInstanceOf(type(Read.Whole.class)).actual();
            assertThat(whole.kept().buffer()).isEqualTo(sent);
            whole.held().close();
        }
        assertThat(bodies.taken()).isZero();
    }

    @Test
    void a_body_that_trickles_is_cut_off_at_its_deadline() throws IOException {
        var begun = clock.instant();

        var read = bodies.read(inPieces(new byte[10_000], Duration.ofMillis(400)), 10_000);

        assertThat(status(read)).isEqualTo(408);
        assertThat(Duration.between(begun, clock.instant())).isLessThanOrEqualTo(Bodies.DEADLINE.plusSeconds(1));
        assertThat(bodies.taken()).isZero();
    }

    @Test
    void a_length_over_the_limit_is_refused_before_anything_is_held_and_so_is_one_that_was_not_declared()
            throws IOException {
        assertThat(status(bodies.read(InputStream.nullInputStream(), LONGEST + 1L)))
                .isEqualTo(413);
        assertThat(status(bodies.read(new ByteArrayInputStream(new byte[LONGEST + 1]), -1)))
                .isEqualTo(413);
        assertThat(bodies.taken()).isZero();
    }

    @Test
    void what_as_many_connections_as_there_may_be_only_promise_takes_the_room_and_no_more() throws IOException {
        int connections = 1024; // server.tomcat.max-connections
        var most = new AtomicLong();
        var stalled = new InputStream() {
            @Override
            public int read() {
                most.accumulateAndGet(bodies.taken(), Math::max);
                return -1;
            }
        };

        var read = bodies.read(stalled, LONGEST);

        ((Read.Whole) read).held().close();
        assertThat(most.get()).isPositive();
        assertThat(connections * most.get()).isLessThanOrEqualTo(ROOM);
    }

    @Test
    void what_is_kept_of_a_body_is_nobody_elses_whatever_comes_after_it() throws IOException {
        for (var length : List.of(0, 1, 5000, 65_535, 65_536, 65_537)) {
            var first = whole(length, 1);
            var kept = first.kept();
            kept.held().close();
            var later = IntStream.range(0, 20).mapToObj(i -> whole(length, 2)).toList();

            assertThat(kept.buffer()).hasSize(length).containsOnly(ones(length));
            assertThat(kept.kept()).isSameAs(kept);
            later.forEach(whole -> whole.held().close());
        }
        assertThat(bodies.taken()).isZero();
    }

    @Test
    void bodies_that_are_there_at_once_share_no_array_and_one_that_is_gone_lends_its_own_once() throws IOException {
        for (int round = 0; round < 3; round++) {
            var there = IntStream.range(0, 30).mapToObj(i -> whole(5000, i)).toList();

            for (int i = 0; i < there.size(); i++) {
                assertThat(Arrays.copyOf(there.get(i).buffer(), 5000)).containsOnly((byte) i);
            }
            assertThat(there.stream().map(Read.Whole::buffer).distinct()).hasSize(30);
            there.forEach(whole -> whole.held().close());
            there.forEach(whole -> whole.held().close());
        }
    }

    @Test
    void what_is_left_over_of_an_array_is_not_there_while_its_body_is_handled() throws IOException {
        var there = new ArrayList<Read.Whole>();
        for (var length : List.of(100_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 20_000)) {
            there.add((Read.Whole) bodies.read(new ByteArrayInputStream(new byte[length]), -1));
        }

        assertThat(there.getFirst().buffer()).hasSize(100_000);
        assertThat(there.getLast().buffer())
                .as("of the ninth, for which there is none to lend")
                .hasSize(20_000);
        there.forEach(whole -> assertThat(whole.kept().buffer()).hasSize(whole.length()));
        there.forEach(whole -> whole.held().close());
        assertThat(bodies.taken()).isZero();
    }

    @Test
    void a_body_for_which_there_was_no_memory_gives_back_its_room_and_the_array_it_was_lent() throws IOException {
        var one = whole(1, 1);
        one.held().close();
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> bodies.read(noMemory(), 5000));
        }

        assertThat(bodies.taken()).isZero();
        assertThat(whole(1, 1).buffer()).as("there is still one to lend").hasSameSizeAs(one.buffer());
    }

    private static InputStream noMemory() {
        return new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("Java heap space");
            }
        };
    }

    private Read.Whole whole(int length, int of) {
        var sent = new byte[length];
        Arrays.fill(sent, (byte) of);
        try {
            return (Read.Whole) bodies.read(new ByteArrayInputStream(sent), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ones(int length) {
        return length == 0 ? new byte[0] : new byte[] {1};
    }

    @Test
    void an_endless_body_is_not_read_to_its_end() throws IOException {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 0;
            }
        };

        assertThat(status(bodies.read(endless, -1))).isEqualTo(413);
        assertThat(endless.given).isLessThan(4L * LONGEST);
    }

    @Test
    void whoever_hangs_up_leaves_nothing_behind() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> bodies.read(broken, 100));
        assertThat(bodies.taken()).isZero();
    }

    private static int status(Read read) {
        return ((Read.Instead) read).reply().status();
    }

    /** Of a few hundred bytes each. @param pause that goes by before each */
    private InputStream inPieces(byte[] body, Duration pause) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                clock.forward(pause);
                return super.read(target, offset, Math.min(300, length));
            }
        };
    }
}
