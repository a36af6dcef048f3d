package dev.kubesent.cleanup;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.kubesent.cleanup.CleanupSettings.Effect;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Goes through the regular files of a folder by system calls alone: the JDK makes a path and a dozen fields of each, one by one. It opens the folder
 * by its path, and goes on only where that is the very directory that the folder holds; files are looked at and deleted by that handle. What is no
 * regular file, or makes trouble, is for {@link Walk}, as is what has other characters than ASCII in its name: a name is bytes, and a path of the JDK
 * can be made of ASCII without a loss.
 */
record PlainFiles(FileJudge files, Brake brake) {

    /** A folder takes two handles here: where it is deeper, one. */
    private static final int DEEPEST = 50;

    /** As readdir(3) reads them. */
    private static final int BUFFER = 32 << 10;

    /** Of an entry: its length, its type, its name (linux/dirent.h, struct linux_dirent64). */
    private static final int LENGTH = 16;

    private static final int TYPE = 18;
    private static final int NAME = 19;

    /** Where the eight bytes begin in which the name does: entries are multiples of eight. */
    private static final int WORDS = 16;

    private static final long BEFORE_NAME = 0xff_ffffL;

    private static final long ONES = 0x0101_0101_0101_0101L;

    /** Of each byte, the bit that ASCII has not. */
    private static final long HIGHEST = 0x8080_8080_8080_8080L;

    private static final byte UNKNOWN = 0;
    private static final byte REGULAR = 8;

    /** What is left of a folder. */
    enum Left {
        NOTHING,
        /** What has other characters than ASCII in its name. */
        OTHER_NAMES,
        EVERYTHING
    }

    /** Memory of one walk through one folder. @param open the folder's handle */
    private record Room(int open, MemorySegment entries, FileStatus status) {}

    /** @param others is told of each entry that is left, and has a name of ASCII */
    Left walk(Folder folder, Consumer<Path> others) {
        if (folder.depth() > DEEPEST) {
            return Left.EVERYTHING;
        }
        try (var arena = Arena.ofConfined()) {
            var open = SystemCalls.open(arena.allocateFrom(folder.path().toString(), StandardCharsets.UTF_8));
            if (open < 0) {
                return Left.EVERYTHING;
            }
            try {
                var status = new FileStatus(arena.allocate(FileStatus.BYTES, 8));
                var isLooked =
                        SystemCalls.lookAtItself(open, arena.allocateFrom("").address(), status.address());
                return isLooked && folder.hasKey(status.key())
                        ? walk(folder, new Room(open, arena.allocate(BUFFER, 8), status), others)
                        : Left.EVERYTHING;
            } finally {
                SystemCalls.close(open);
            }
        }
    }

    private Left walk(Folder folder, Room room, Consumer<Path> others) {
        var left = Left.NOTHING;
        var entries = room.entries();
        long read;
        while ((read = SystemCalls.entries(room.open(), entries.address(), BUFFER)) > 0) {
            int length;
            for (long at = 0; at < read; at += length) {
                length = Short.toUnsignedInt(entries.get(JAVA_SHORT, at + LENGTH));
                if (brake.isPulled()) {
                    return Left.NOTHING;
                }
                if (!isAscii(entries, at + WORDS)) {
                    left = Left.OTHER_NAMES;
                } else if (!isPlain(entries.get(JAVA_BYTE, at + TYPE))
                        || !judge(folder, room, entries.address() + at + NAME)) {
                    other(entries.getString(at + NAME), others);
                }
            }
        }
        if (read < 0) {
            files.complaints().about(folder.path(), new IOException("the rest of it cannot be listed"));
        }
        return left;
    }

    private static boolean isPlain(byte type) {
        return type == REGULAR || type == UNKNOWN;
    }

    private static void other(String name, Consumer<Path> others) {
        if (!name.equals(".") && !name.equals("..")) {
            others.accept(Path.of(name));
        }
    }

    /** Eight bytes at once, up to the first that is 0: behind that is what an earlier entry has left. On these processors the first byte is the lowest. */
    private static boolean isAscii(MemorySegment entries, long from) {
        var word = (entries.get(JAVA_LONG, from) & ~BEFORE_NAME) | (ONES & BEFORE_NAME);
        for (long at = from + 8; ; at += 8) {
            var end = (word - ONES) & ~word & HIGHEST;
            var other = word & HIGHEST;
            if (end != 0) {
                return (other & (Long.lowestOneBit(end) - 1)) == 0;
            }
            if (other != 0) {
                return false;
            }
            word = entries.get(JAVA_LONG, at);
        }
    }

    /** As {@link FileJudge#judge}. @return whether that is all; not where it is no regular file, or gone, or makes trouble: that is told the other way */
    private boolean judge(Folder folder, Room room, long name) {
        var status = room.status();
        if (!SystemCalls.look(room.open(), name, status.address()) || !status.isRegularFile()) {
            return false;
        }
        if (files.age().isOld(status.modifiedSeconds(), status.modifiedNanos()) && brake.mayDelete()) {
            if (files.settings().effect() == Effect.DELETE) {
                if (!SystemCalls.delete(room.open(), name)) {
                    brake.spared();
                    return false;
                }
                folder.isEmptied();
            }
            files.tally().deleted.increment();
            files.tally().bytes.add(status.size());
        }
        files.tally().seen.increment();
        return true;
    }
}
