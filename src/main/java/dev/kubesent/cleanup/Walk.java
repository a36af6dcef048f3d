package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.EmptyDirectories;
import dev.kubesent.cleanup.CleanupSettings.Mounts;
import dev.kubesent.cleanup.PlainFiles.Left;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all directories below one, in as many threads as there is use for. A directory is handed to another thread only if that has no more than
 * a few waiting, and else walked at once: so what is open is bounded by depth and threads.
 */
final class Walk {

    /** Each level holds a handle open. Nobody builds trees that deep but by mistake, or to hurt. */
    static final int DEEPEST = 400;

    /** Directories that wait, open, for a helper: with none it would stand still until whoever finds them is through with one of its own. */
    private static final int WAITING = 2;

    /** Of opening what was a directory before and after, and none in between. */
    private static final int TRIES = 3;

    private final CleanupSettings settings;
    private final FileJudge files;
    private final Tally tally;
    private final Complaints complaints;
    private final Brake brake;
    private final ExecutorService threads;
    private final Semaphore free;
    private final Phaser working = new Phaser(1);
    private final Borders borders;

    /** Whether each file is decided about by its age alone. */
    private final boolean isPlain;

    /** Of ours, in a helper's thread: it ends the run, and is thrown in the caller's. */
    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

    /** @param helpers threads beside the caller's own */
    Walk(
            CleanupSettings settings,
            FileJudge files,
            Brake brake,
            Borders borders,
            ExecutorService threads,
            int helpers) {
        this.borders = borders;
        this.isPlain = settings.isOfEveryName() && borders.areNone() && SystemCalls.areHere();
        this.settings = settings;
        this.files = files;
        this.tally = files.tally();
        this.complaints = files.complaints();
        this.brake = brake;
        this.threads = threads;
        this.free = new Semaphore(helpers * (1 + WAITING));
    }

    /** Ends when all is done, or the brake is pulled. */
    void run(Folder source) {
        try {
            walk(source);
        } catch (RuntimeException | Error e) {
            defect.compareAndSet(null, e);
            brake.stop();
        }
        working.arriveAndAwaitAdvance();
        var broken = defect.get();
        if (broken != null) {
            throw new IllegalStateException("a defect of KubeSent, in the cleanup", broken);
        }
    }

    private void walk(Folder folder) {
        try {
            switch (plain(folder)) {
                case NOTHING -> {}
                case OTHER_NAMES -> visit(folder, name -> !isAscii(name));
                case EVERYTHING ->
                    visit(folder, name -> folder.depth() > 0 || settings.shard().has(name));
            }
        } catch (DirectoryIteratorException e) {
            complaints.about(folder.path(), new IOException("the rest of it cannot be listed", e));
        } finally {
            leave(folder);
        }
    }

    private Left plain(Folder folder) {
        return isPlain && (folder.depth() > 0 || settings.shard().count() == 1)
                ? new PlainFiles(files, brake).walk(folder, name -> visit(folder, name))
                : Left.EVERYTHING;
    }

    private void visit(Folder folder, Predicate<Path> which) {
        for (var entry : folder.entries()) {
            if (brake.isPulled()) {
                break;
            }
            var name = entry.getFileName();
            if (which.test(name)) {
                visit(folder, name);
            }
        }
    }

    private static boolean isAscii(Path name) {
        return name.toString().chars().allMatch(character -> character < 128);
    }

    private void visit(Folder folder, Path name) {
        try {
            var attributes = folder.look(name);
            if (attributes.isDirectory()) {
                enter(folder, name, attributes);
            } else if (attributes.isRegularFile() && !isMountedFile(folder, name)) {
                files.judge(folder, name, attributes);
            }
        } catch (NoSuchFileException e) {
            tally.vanished.increment();
        } catch (IOException e) {
            complaints.about(folder.path().resolve(name), e);
        }
    }

    /** A single file of a ConfigMap or of the node, mounted by subPath: it cannot be deleted, and is none of ours. */
    private boolean isMountedFile(Folder folder, Path name) {
        return borders.isMountPoint(folder, name);
    }

    private void enter(Folder folder, Path name, BasicFileAttributes looked) throws IOException {
        if (folder.depth() == DEEPEST) {
            throw new FileSystemException(name.toString(), null, "more than " + DEEPEST + " directories deep");
        }
        var isMount = !folder.device().has(looked) || borders.isMountPoint(folder, name);
        if ((isMount && settings.mounts() == Mounts.STAY) || borders.isOfTheSystem(folder, name, looked)) {
            tally.directoriesPassed.increment();
            return;
        }
        var opened = open(folder, name, looked);
        if (opened.isEmpty()) {
            return;
        }
        var child = opened.get();
        if (isMount) {
            child.stays();
        }
        if (!free.tryAcquire()) {
            walk(child);
            return;
        }
        working.register();
        try {
            threads.execute(() -> inAHelper(child));
        } catch (RuntimeException | Error e) {
            // No thread is to be had: then this one does it.
            free.release();
            working.arriveAndDeregister();
            walk(child);
        }
    }

    private void inAHelper(Folder child) {
        try {
            walk(child);
        } catch (RuntimeException | Error e) {
            defect.compareAndSet(null, e);
            brake.stop();
        } finally {
            free.release();
            working.arriveAndDeregister();
        }
    }

    /**
     * Empty where it is no longer what was looked at: somebody else's business, and young. It may have been something else in between alone: the
     * next directory gets the inode of one that is gone.
     */
    private Optional<Folder> open(Folder folder, Path name, BasicFileAttributes looked) throws IOException {
        var last = looked;
        for (int tries = 1; ; tries++) {
            try {
                return Optional.of(folder.child(name, last, files.isOld(last)));
            } catch (IOException e) {
                last = folder.look(name);
                if (!last.isDirectory() || !Objects.equals(last.fileKey(), looked.fileKey())) {
                    tally.vanished.increment();
                    return Optional.empty();
                }
                if (tries == TRIES || !(e instanceof NotDirectoryException)) {
                    throw e;
                }
            }
        }
    }

    /** The last to leave closes it, and takes it away where it is empty now; and so on upwards, whatever fails on the way. */
    private void leave(Folder folder) {
        for (var current = folder; current != null && isLast(current); current = current.parent()) {
            removeIfEmpty(current);
        }
    }

    private boolean isLast(Folder folder) {
        try {
            return folder.release();
        } catch (IOException e) {
            complaints.about(folder.path(), e);
            return true;
        }
    }

    private void removeIfEmpty(Folder folder) {
        var parent = folder.parent();
        if (parent == null
                || settings.emptyDirectories() == EmptyDirectories.KEEP
                || !folder.mayGo()
                || brake.isPulled()) {
            return;
        }
        try {
            files.removeIfEmpty(parent, folder);
        } catch (IOException e) {
            complaints.about(folder.path(), e);
        }
    }
}
