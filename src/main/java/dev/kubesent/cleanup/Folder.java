package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is being walked: a handle, on which everything in it is looked at and deleted. Whoever renames it, or puts a link in its
 * place, changes nothing about what the handle is of (openat(2), "race conditions").
 */
final class Folder {

    private final SecureDirectoryStream<Path> handle;
    private final @Nullable Folder parent;
    private final Path path;
    private final int depth;
    private final boolean isOld;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicBoolean emptied = new AtomicBoolean();

    /** @param path for messages only @param isOld whether nothing was put into it or taken out for long, before this run */
    private Folder(SecureDirectoryStream<Path> handle, @Nullable Folder parent, Path path, boolean isOld) {
        this.handle = handle;
        this.parent = parent;
        this.path = path;
        this.isOld = isOld;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    static Folder source(SecureDirectoryStream<Path> handle, Path path) {
        return new Folder(handle, null, path, false);
    }

    /** Opened by its name in this one, and never through a link. */
    Folder child(Path name, boolean old) throws IOException {
        var child = handle.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        users.incrementAndGet();
        return new Folder(child, this, path.resolve(name), old);
    }

    /** Names, one after the other, as the kernel hands them out. */
    Iterable<Path> entries() {
        return handle;
    }

    Path path() {
        return path;
    }

    int depth() {
        return depth;
    }

    /** Of the entry itself, also where it is a link. */
    BasicFileAttributes look(Path name) throws IOException {
        return handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** Of the directory that the handle is of, whatever stands at its name now. */
    BasicFileAttributes look() throws IOException {
        return handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    void delete(Path name) throws IOException {
        handle.deleteFile(name);
        emptied.set(true);
    }

    void removeDirectory(Path name) throws IOException {
        handle.deleteDirectory(name);
        emptied.set(true);
    }

    /** Whether it may go if it is empty: this run took something out of it, or nobody put anything in for as long as files are kept. */
    boolean mayGo() {
        return parent != null && (emptied.get() || isOld);
    }

    @Nullable
    Folder parent() {
        return parent;
    }

    Path name() {
        return path.getFileName();
    }

    /** @return whether that was the last who used it, so that it is closed now */
    boolean release() throws IOException {
        if (users.decrementAndGet() > 0) {
            return false;
        }
        handle.close();
        return true;
    }
}
