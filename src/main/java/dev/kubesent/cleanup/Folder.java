package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
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
    private final @Nullable Object key;
    private final Device device;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicBoolean emptied = new AtomicBoolean();
    private volatile boolean stays;

    /** @param path for messages only @param isOld whether nothing was put into it or taken out for long, before this run */
    private Folder(
            SecureDirectoryStream<Path> handle,
            @Nullable Folder parent,
            Path path,
            BasicFileAttributes own,
            boolean isOld) {
        this.key = own.fileKey();
        this.device = Device.of(own);
        this.handle = handle;
        this.parent = parent;
        this.path = path;
        this.isOld = isOld;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    static Folder source(SecureDirectoryStream<Path> handle, Path path) throws IOException {
        return new Folder(handle, null, path, attributes(handle), false);
    }

    /**
     * Opens a directory in this one. By "name/.", since the JDK would open a pipe by its name and wait for ever, and close a file that it
     * takes for a directory twice: this way the kernel refuses both. It would follow a link, so that what was opened has to be what was
     * looked at.
     *
     * @param looked what {@link #look} said of the name
     * @throws IOException where it is another one by now, or none
     */
    Folder child(Path name, BasicFileAttributes looked, boolean old) throws IOException {
        var child = handle.newDirectoryStream(name.resolve("."), LinkOption.NOFOLLOW_LINKS);
        try {
            var own = attributes(child);
            if (!Objects.equals(own.fileKey(), looked.fileKey())) {
                throw new NotDirectoryException(name + " was exchanged");
            }
            var opened = new Folder(child, this, path.resolve(name), own, old);
            users.incrementAndGet();
            return opened;
        } catch (IOException e) {
            child.close();
            throw e;
        }
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

    /** Of the directory that a handle is of, whatever stands at its name now. */
    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> handle) throws IOException {
        return handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    Device device() {
        return device;
    }

    /** Whether this is what was looked at. */
    boolean is(BasicFileAttributes other) {
        return Objects.equals(key, other.fileKey());
    }

    /** Whether it is that one, by the text of its key. */
    boolean hasKey(String text) {
        return key != null && key.toString().equals(text);
    }

    void delete(Path name) throws IOException {
        handle.deleteFile(name);
        isEmptied();
    }

    /** This run has taken something out of it. */
    void isEmptied() {
        emptied.set(true);
    }

    void removeDirectory(Path name) throws IOException {
        handle.deleteDirectory(name);
        emptied.set(true);
    }

    /** It is where something else is mounted: it cannot be removed, and is none of ours. */
    void stays() {
        stays = true;
    }

    /** Whether it may go if it is empty: this run took something out of it, or nobody put anything in for as long as files are kept. */
    boolean mayGo() {
        return parent != null && !stays && (emptied.get() || isOld);
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
