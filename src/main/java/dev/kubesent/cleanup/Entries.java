package dev.kubesent.cleanup;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What getdents64(2) writes about a directory (linux/dirent.h, struct linux_dirent64), one entry after the other. Each begins with 16 bytes that are of no
 * use here; then come two of its length, one of its type, and the name, up to a byte that is 0. Lengths are multiples of eight, and eight bytes are read at
 * once, of a copy: C1 makes a dozen calls of each look into memory that is not the heap's. On these processors the first byte is the lowest.
 */
final class Entries {

    /** As readdir(3) reads them. */
    private static final int BYTES = 32 << 10;

    /** Bytes of a word, as the number of a shift. */
    private static final int WORD = 3;

    /** The word in which the length is, the type, and the name begins. */
    private static final int HEAD = 2;

    private static final int NAME = 19;

    private static final long LENGTH = 0xffffL;
    private static final int TYPE = 16;
    private static final long BEFORE_NAME = 0xff_ffffL;

    private static final long ONES = 0x0101_0101_0101_0101L;

    /** Of each byte, the bit that ASCII has not. */
    private static final long HIGHEST = 0x8080_8080_8080_8080L;

    private static final int UNKNOWN = 0;
    private static final int REGULAR = 8;

    private final MemorySegment memory;
    private final long address;
    private final long[] words = new long[BYTES / Long.BYTES];
    private int at;
    private int next;
    private int end;

    Entries(Arena arena) {
        this.memory = arena.allocate(BYTES, Long.BYTES);
        this.address = memory.address();
    }

    /** @return whether there is one; else {@link #areCutShort} says whether that is the end */
    boolean next(int directory) {
        if (next >= end && !read(directory)) {
            return false;
        }
        at = next;
        next = at + (int) ((words[at + HEAD] & LENGTH) >>> WORD);
        return true;
    }

    private boolean read(int directory) {
        var read = SystemCalls.entries(directory, address, BYTES);
        next = 0;
        end = (int) (read >> WORD);
        if (read <= 0) {
            end = (int) read;
            return false;
        }
        MemorySegment.copy(memory, JAVA_LONG, 0, words, 0, end);
        return true;
    }

    boolean areCutShort() {
        return end < 0;
    }

    /** The kernel's word; not all file systems know. */
    boolean mayBeRegularFile() {
        var type = (int) (words[at + HEAD] >>> TYPE) & 0xff;
        return type == REGULAR || type == UNKNOWN;
    }

    /** Up to the first byte that is 0: behind that is what an earlier entry has left. */
    boolean isAscii() {
        var word = (words[at + HEAD] & ~BEFORE_NAME) | (ONES & BEFORE_NAME);
        for (int next = at + HEAD + 1; ; next++) {
            var zero = (word - ONES) & ~word & HIGHEST;
            var other = word & HIGHEST;
            if (zero != 0) {
                return (other & (Long.lowestOneBit(zero) - 1)) == 0;
            }
            if (other != 0) {
                return false;
            }
            word = words[next];
        }
    }

    /** Where the name is, until the next are read. */
    long name() {
        return address + (long) at * Long.BYTES + NAME;
    }

    String text() {
        return memory.getString((long) at * Long.BYTES + NAME);
    }
}
