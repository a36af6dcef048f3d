package dev.kubesent.cleanup;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What statx(2) writes (linux/stat.h, struct statx). */
final class FileStatus {

    private static final int BYTES = 256;

    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;

    private final long address;

    /** A name of no characters. */
    private final long empty;

    /** C1 is quicker with a buffer than with the memory itself. */
    private final ByteBuffer bytes;

    FileStatus(Arena arena) {
        var memory = arena.allocate(BYTES + 1, Long.BYTES);
        this.address = memory.address();
        this.empty = address + BYTES;
        this.bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Of an entry, by where its name is. @return whether it could be looked at */
    boolean read(int directory, long name) {
        return SystemCalls.look(directory, name, address);
    }

    /** Of what is open itself. */
    boolean readItself(int open) {
        return SystemCalls.lookAtItself(open, empty, address);
    }

    boolean isRegularFile() {
        return (bytes.getShort(28) & TYPE) == REGULAR;
    }

    /** Names of it. */
    int links() {
        return bytes.getInt(16);
    }

    long size() {
        return bytes.getLong(40);
    }

    /** By its last modification. */
    boolean isOld(Age age) {
        return age.isOld(bytes.getLong(112), bytes.getInt(120));
    }

    /** As the JDK's file key says it. */
    String key() {
        return "(dev=" + Long.toHexString(device()) + ",ino=" + bytes.getLong(32) + ")";
    }

    /** As makedev(3) puts it together. */
    private long device() {
        var major = Integer.toUnsignedLong(bytes.getInt(136));
        var minor = Integer.toUnsignedLong(bytes.getInt(140));
        return (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | (minor & 0xffL);
    }
}
