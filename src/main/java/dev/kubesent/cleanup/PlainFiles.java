package dev.kubesent.cleanup;

import java.lang.foreign.Arena;
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

    /** What is left of a folder. */
    enum Left {
        NOTHING,
        /** What has other characters than ASCII in its name. */
        OTHER_NAMES,
        EVERYTHING
    }

    /** @param others is told of each entry that is left, and has a name of ASCII */
    Left walk(Folder folder, Consumer<Path> others) {
        if (folder.depth() > DEEPEST) {
            return Left.EVERYTHING;
        }
        try (var arena = Arena.ofConfined()) {
            var open = SystemCalls.open(arena.allocateFrom(folder.path().toString(), StandardCharsets.UTF_8)
                    .address());
            if (open < 0) {
                return Left.EVERYTHING;
            }
            try {
                var status = new FileStatus(arena);
                return status.readItself(open) && folder.hasKey(status.key())
                        ? new PlainFolder(files, brake, folder, open, status).walk(new Entries(arena), others)
                        : Left.EVERYTHING;
            } finally {
                var _ = SystemCalls.close(open);
            }
        }
    }
}
