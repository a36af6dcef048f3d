package dev.kubesent.cluster.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer while it comes. The next piece is asked for when the one before is read; fabric8's own stream waits without an end for an
 * API server that says nothing more.
 */
final class BodyStream extends InputStream {

    private final Duration patience;
    private final Runnable closed;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> at = new ArrayDeque<>();
    private @Nullable AsyncBody body;
    private boolean hasEnded;
    private boolean isClosed;
    private long count;

    private record Piece(List<ByteBuffer> buffers, @Nullable Throwable failure, boolean isLast) {}

    /** @param patience with one piece @param closed what is done once when nobody reads it any more */
    BodyStream(Duration patience, Runnable closed) {
        this.patience = patience;
        this.closed = closed;
    }

    void take(List<ByteBuffer> buffers, AsyncBody unused) {
        pieces.add(new Piece(buffers, null, false));
    }

    void comesFrom(AsyncBody source) {
        body = source;
        var unused = source.done().whenComplete((_, failure) -> pieces.add(new Piece(List.of(), failure, true)));
        source.consume();
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at.isEmpty() && !hasEnded) {
            next();
        }
        var buffer = at.peek();
        if (buffer == null) {
            return -1;
        }
        var read = Math.min(length, buffer.remaining());
        buffer.get(into, from, read);
        count += read;
        if (!buffer.hasRemaining()) {
            at.remove();
        }
        return read;
    }

    /** Whether all was read. */
    boolean hasEnded() {
        return hasEnded && at.isEmpty();
    }

    /**
     * Waits for more, and reads of it what there is, up to the end of a line.
     *
     * @return whether that was the end of a line, which is left out
     */
    boolean readLine(ByteArrayOutputStream into) throws IOException {
        while (at.isEmpty() && !hasEnded) {
            next();
        }
        var buffer = at.peek();
        if (buffer == null) {
            return false;
        }
        var end = buffer.position();
        while (end < buffer.limit() && buffer.get(end) != '\n') {
            end++;
        }
        var part = new byte[end - buffer.position()];
        buffer.get(part);
        into.writeBytes(part);
        count += part.length;
        var isWhole = buffer.hasRemaining();
        if (isWhole) {
            buffer.get();
            count++;
        }
        if (!buffer.hasRemaining()) {
            at.remove();
        }
        return isWhole;
    }

    private void next() throws IOException {
        var piece = awaited();
        if (piece == null) {
            throw new IOException("the API server sent nothing more for %d s".formatted(patience.toSeconds()));
        }
        if (piece.failure() != null) {
            throw new IOException("the answer of the API server was cut", piece.failure());
        }
        hasEnded = piece.isLast();
        piece.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(at::add);
        if (!hasEnded) {
            Objects.requireNonNull(body).consume();
        }
    }

    private @Nullable Piece awaited() throws IOException {
        try {
            return pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Ends the answer, where it has not come to its end. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        closed.run();
        if (body != null && !hasEnded) {
            body.cancel();
        }
    }
}
