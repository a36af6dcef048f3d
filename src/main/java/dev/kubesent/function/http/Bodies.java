package dev.kubesent.function.http;

import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Replies;
import dev.kubesent.time.Ticks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/**
 * Reads the bodies of requests: of all that are under way together no more bytes than there is room for, and none for longer than a
 * deadline. What a body takes it takes as it grows (to 64 KiB, then twice as much each time), and nobody waits for room: a sender that only promises a body, or stalls in it, keeps
 * nobody else out for long. Safe for several threads.
 */
public final class Bodies {

    /** For all of one body. A source in the cluster sends 2 MiB in a tenth of a second. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /**
     * Bytes of all bodies together, at least: 16 MiB. Each is there about five times while it is handled (as it came, as a text, as bytes
     * again, as data, as an object), so this is 80 MB of the 230 MB that the image's heap has.
     */
    private static final long LEAST_ROOM = 16 << 20;

    private static final int STEP = 8192;

    /** What is taken for a body of which nothing has come yet: Tomcat's 1,024 connections, each with such a promise, take all the room, and no more. */
    private static final int FIRST = 2 * STEP;

    /** What is taken next, so that of 50 KB, which a pod with many containers has, a third is copied once. Then it is twice as much each time. */
    private static final int SECOND = 8 * STEP;

    /** Arrays of {@link #SECOND} that are lent: most bodies are looked at and dropped, and are not worth an array each. Whoever finds none makes one. */
    private static final int SPARE = 8;

    private static final byte[] NOTHING = {};

    private final Queue<byte[]> spare = new ArrayBlockingQueue<>(SPARE);
    private final long longest;
    private final Ticks ticks;
    private final int roomInSteps;
    private final Semaphore room;

    /** @param longest bytes of one body */
    public Bodies(long longest, Ticks ticks) {
        this.longest = longest;
        this.ticks = ticks;
        this.roomInSteps = (int) (Math.max(LEAST_ROOM, 4 * longest) / STEP);
        this.room = new Semaphore(roomInSteps);
        for (int i = 0; i < SPARE; i++) {
            spare.add(new byte[SECOND]);
        }
    }

    /** What came of it. */
    sealed interface Read {
        /** To be closed when the request is answered. @param buffer begins with the body, and may be lent: see {@link #kept} */
        record Whole(byte[] buffer, int length, Held held) implements Read {

            /** For more than a look: in an array of its own, which has nothing else in it. */
            Whole kept() {
                if (!held.isLent()) {
                    return this;
                }
                var own = Arrays.copyOf(buffer, length);
                held.giveBack();
                return new Whole(own, length, held);
            }
        }

        record Instead(Reply reply) implements Read {}
    }

    /** Room that a body takes. */
    final class Held implements AutoCloseable {

        private final AtomicInteger steps = new AtomicInteger();
        private final AtomicReference<byte[]> lent = new AtomicReference<>(NOTHING);

        /** Empty where there is none to lend. */
        private byte[] lend() {
            var one = spare.poll();
            if (one == null) {
                return NOTHING;
            }
            lent.set(one);
            return one;
        }

        private boolean isLent() {
            return lent.get() != NOTHING;
        }

        private void giveBack() {
            var one = lent.getAndSet(NOTHING);
            if (one != NOTHING) {
                spare.add(one);
            }
        }

        private boolean growTo(int bytes) {
            int more = (bytes + STEP - 1) / STEP - steps.get();
            boolean isThere = room.tryAcquire(Math.max(0, more));
            if (isThere) {
                steps.addAndGet(more);
            }
            return isThere;
        }

        /** Once is enough, and twice does no harm. */
        @Override
        public void close() {
            room.release(steps.getAndSet(0));
            giveBack();
        }
    }

    /** Bytes that bodies take now, in whole steps. */
    long taken() {
        return (long) (roomInSteps - room.availablePermits()) * STEP;
    }

    /** @param declared Content-Length; -1 where there is none @throws IOException where the sender hung up */
    Read read(InputStream body, long declared) throws IOException {
        long end = end();
        if (declared > longest) {
            return instead(body, end, EventEndpoint.tooLarge(longest));
        }
        var held = new Held();
        boolean isWhole = false;
        try {
            var read = grown(body, declared, end, held);
            isWhole = read instanceof Read.Whole;
            return read;
        } finally {
            if (!isWhole) {
                held.close(); // also where there was no memory for the array: the room is everybody's
            }
        }
    }

    /** Into one array, which is long enough for most bodies. */
    private Read grown(InputStream body, long declared, long end, Held held) throws IOException {
        int most = (int) (declared >= 0 ? declared : longest + 1);
        var bytes = declared > SECOND ? NOTHING : held.lend();
        int size = 0;
        for (int wanted = Math.min(most, FIRST); held.growTo(wanted); wanted = Math.min(most, more(wanted))) {
            if (bytes.length < wanted) {
                bytes = Arrays.copyOf(bytes, wanted);
                held.giveBack();
            }
            for (int n = 0; size < wanted && n >= 0; size += Math.max(0, n)) {
                n = body.read(bytes, size, wanted - size);
                if (isOver(end)) {
                    return new Read.Instead(tooSlow());
                }
            }
            if (size > longest) {
                return instead(body, end, EventEndpoint.tooLarge(longest));
            }
            if (size < wanted || size == most) {
                return whole(bytes, size, held);
            }
        }
        return instead(
                body,
                end,
                Replies.problem(new Problem(
                        Problem.Kind.TOO_MUCH_AT_ONCE,
                        "the bodies of other requests take all the room; send it again")));
    }

    /** What is left over of an array that nobody lent is given up here: while the body is handled, it would be there beside it. */
    private static Read whole(byte[] bytes, int size, Held held) {
        boolean isItsOwn = !held.isLent() && bytes.length != size;
        return new Read.Whole(isItsOwn ? Arrays.copyOf(bytes, size) : bytes, size, held);
    }

    private static int more(int wanted) {
        return Math.max(SECOND, (int) Math.min(Integer.MAX_VALUE, 2L * wanted));
    }

    private Read instead(InputStream body, long end, Reply reply) {
        discard(body, end);
        return new Read.Instead(reply);
    }

    /** Of a request that is answered whatever its body says: a sender that is still writing would not read the answer. */
    void discard(InputStream body) {
        discard(body, end());
    }

    /** As much as a body may have, and no longer than to the end; what is left is Tomcat's to cut off. */
    private void discard(InputStream body, long end) {
        var step = new byte[STEP];
        try {
            int n = 0;
            for (long left = 2 * longest; n >= 0 && left > 0 && !isOver(end); left -= n) {
                n = body.read(step);
            }
        } catch (IOException hungUp) {
            // Whether it reads its answer is its own affair.
            LoggerFactory.getLogger(Bodies.class)
                    .debug("a sender hung up before it was answered: {}", hungUp.getMessage());
        }
    }

    /** As the ticks tell it: a wall clock that is put back would let a slow body go on for as long. */
    private long end() {
        return ticks.nanos() + DEADLINE.toNanos();
    }

    static Reply tooSlow() {
        return Replies.problem(new Problem(
                Problem.Kind.BODY_TOO_SLOW, "the body did not arrive within " + DEADLINE.toSeconds() + " seconds"));
    }

    private boolean isOver(long end) {
        return ticks.nanos() - end > 0;
    }
}
