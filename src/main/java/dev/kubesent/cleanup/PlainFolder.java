package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.Effect;
import dev.kubesent.cleanup.PlainFiles.Left;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One walk of {@link PlainFiles} through one folder. What all threads share, the counts and the clock, is asked once for a bundle of files. */
final class PlainFolder {

    /** So few that a slow disk is through with them at once. */
    private static final int BUNDLE = 64;

    private final FileJudge files;
    private final Brake brake;
    private final Folder folder;
    private final int open;
    private final FileStatus status;

    /** Not where the file system counts no names. */
    private final boolean hadNames;

    private int seen;
    private int deleted;
    private long bytes;

    /** @param open the folder's handle @param status that was read of it */
    PlainFolder(FileJudge files, Brake brake, Folder folder, int open, FileStatus status) {
        this.files = files;
        this.brake = brake;
        this.folder = folder;
        this.open = open;
        this.status = status;
        this.hadNames = status.links() > 0;
    }

    Left walk(Entries entries, Consumer<Path> others) {
        var left = Left.NOTHING;
        try {
            for (int number = 0; entries.next(open); number++) {
                if (isToStop(number)) {
                    return Left.NOTHING;
                }
                if (!entries.isAscii()) {
                    left = Left.OTHER_NAMES;
                } else if (!entries.mayBeRegularFile() || !judge(entries.name())) {
                    other(entries, others);
                }
            }
        } finally {
            tell();
        }
        if (entries.areCutShort() && !isGone()) {
            files.complaints().about(folder.path(), new IOException("the rest of it cannot be listed"));
        }
        return left;
    }

    private boolean isToStop(int number) {
        if ((number & (BUNDLE - 1)) != 0) {
            return brake.isHeld();
        }
        tell();
        return brake.isPulled();
    }

    /** As {@link FileJudge#judge}. @return whether that is all; not where it is no regular file, or gone, or makes trouble: that is told the other way */
    private boolean judge(long name) {
        if (!status.read(open, name) || !status.isRegularFile()) {
            return false;
        }
        if (status.isOld(files.age()) && brake.mayDelete()) {
            if (files.settings().effect() == Effect.DELETE && !SystemCalls.delete(open, name)) {
                brake.spared();
                return false;
            }
            deleted++;
            bytes += status.size();
        }
        seen++;
        return true;
    }

    private static void other(Entries entries, Consumer<Path> others) {
        var name = entries.text();
        if (!name.equals(".") && !name.equals("..")) {
            others.accept(Path.of(name));
        }
    }

    private void tell() {
        if (deleted > 0) {
            if (files.settings().effect() == Effect.DELETE) {
                folder.isEmptied();
            }
            files.tally().deleted.add(deleted);
            files.tally().bytes.add(bytes);
        }
        if (seen > 0) {
            files.tally().seen.add(seen);
        }
        seen = 0;
        deleted = 0;
        bytes = 0;
    }

    /** The kernel lists nothing of a directory that was removed, and calls that an error; readdir(3) calls it the end. */
    private boolean isGone() {
        return hadNames && status.readItself(open) && status.links() == 0;
    }
}
