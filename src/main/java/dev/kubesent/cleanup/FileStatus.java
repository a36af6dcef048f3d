package dev.kubesent.cleanup;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** What statx(2) has written (linux/stat.h, struct statx). */
record FileStatus(MemorySegment bytes) {

    static final long BYTES = 256;

    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;

    long address() {
        return bytes.address();
    }

    boolean isRegularFile() {
        return (bytes.get(JAVA_SHORT, 28) & TYPE) == REGULAR;
    }

    long size() {
        return bytes.get(JAVA_LONG, 40);
    }

    long modifiedSeconds() {
        return bytes.get(JAVA_LONG, 112);
    }

    int modifiedNanos() {
        return bytes.get(JAVA_INT, 120);
    }

    /** As the JDK's file key says it. */
    String key() {
        return "(dev=%s,ino=%d)".formatted(Long.toHexString(device()), bytes.get(JAVA_LONG, 32));
    }

    /** As makedev(3) puts it together. */
    private long device() {
        var major = Integer.toUnsignedLong(bytes.get(JAVA_INT, 136));
        var minor = Integer.toUnsignedLong(bytes.get(JAVA_INT, 140));
        return (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | (minor & 0xffL);
    }
}
