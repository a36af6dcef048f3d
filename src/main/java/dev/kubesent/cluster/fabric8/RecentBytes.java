package dev.kubesent.cluster.fabric8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What went through a stream lately, from a place on that moves: a parser reads ahead, and what it stands at is wanted as it came. */
final class RecentBytes extends FilterInputStream {

    private byte[] kept = new byte[32 << 10];
    private int length;

    /** Where what is kept begins, in the whole. */
    private long from;

    RecentBytes(InputStream of) {
        super(of);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        var read = super.read(into, offset, most);
        if (read > 0) {
            if (length + read > kept.length) {
                kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + read));
            }
            System.arraycopy(into, offset, kept, length, read);
            length += read;
        }
        return read;
    }

    /** Nothing before this is asked for any more. @param place in the whole, not before the last one */
    void forget(long place) {
        var gone = Math.toIntExact(place - from);
        System.arraycopy(kept, gone, kept, 0, length - gone);
        length -= gone;
        from = place;
    }

    /** What came from the place that was named last. @param place in the whole; it has been read */
    byte[] until(long place) {
        return Arrays.copyOf(kept, Math.toIntExact(place - from));
    }
}
