package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.Effect;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Decides about one file, and deletes it at once: what is touched after it was looked at has microseconds to be lost in. */
record FileJudge(CleanupSettings settings, Age age, Brake brake, Tally tally, Complaints complaints) {

    boolean isOld(BasicFileAttributes attributes) {
        return age.isOld(attributes.lastModifiedTime());
    }

    /** @throws IOException where it cannot be deleted */
    void judge(Folder folder, Path name, BasicFileAttributes attributes) throws IOException {
        tally.seen.increment();
        if (!isOld(attributes) || !settings.name().matches(name) || !brake.mayDelete()) {
            return;
        }
        try {
            if (settings.effect() == Effect.DELETE) {
                folder.delete(name);
            }
            tally.deleted.increment();
            tally.bytes.add(attributes.size());
        } catch (NoSuchFileException e) {
            brake.spared();
            tally.vanished.increment();
        } catch (IOException e) {
            brake.spared();
            throw e;
        }
    }

    /** The kernel refuses what is not empty, and so no file that was put there meanwhile is lost. */
    void removeIfEmpty(Folder parent, Folder emptied) throws IOException {
        if (settings.effect() == Effect.DRY_RUN) {
            return;
        }
        try {
            // Another one may have been put in its place while it was walked, for somebody to write into.
            if (!emptied.is(parent.look(emptied.name()))) {
                tally.vanished.increment();
                return;
            }
            parent.removeDirectory(emptied.name());
            tally.directoriesRemoved.increment();
        } catch (DirectoryNotEmptyException e) {
            // What keeps it is young, or none of ours.
        } catch (NoSuchFileException e) {
            tally.vanished.increment();
        }
    }
}
