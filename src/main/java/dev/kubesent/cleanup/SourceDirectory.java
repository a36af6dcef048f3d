package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The directory that is cleaned up: that it is one, and none that nobody can have meant. */
final class SourceDirectory {

    /** Of the Filesystem Hierarchy Standard: whole systems stand right below these. Folders of one's own inside of them may be meant. */
    private static final Set<Path> NEVER_ITSELF = paths(
            "/", "/home", "/mnt", "/media", "/opt", "/root", "/run", "/srv", "/usr", "/var", "/var/lib", "/var/run");

    /** What no file is ever to be deleted of, by age. */
    private static final Set<Path> NEVER_BELOW = paths(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/proc",
            "/sbin",
            "/sys",
            "/usr/bin",
            "/usr/lib",
            "/usr/sbin");

    private SourceDirectory() {}

    private static Set<Path> paths(String... paths) {
        return Arrays.stream(paths).map(Path::of).collect(Collectors.toUnmodifiableSet());
    }

    /** Without any link in it. @throws UnusableException where it is not there, or must not be cleaned up */
    static Path real(Path given) {
        if (!Files.isDirectory(given)) {
            throw new UnusableException("Source directory not found: " + given);
        }
        try {
            var real = given.toRealPath();
            if (NEVER_ITSELF.contains(real) || NEVER_BELOW.stream().anyMatch(real::startsWith)) {
                throw new UnusableException(
                        "SOURCE_DIR is " + real + ", of the system itself: that is never cleaned up");
            }
            return real;
        } catch (IOException e) {
            throw new UnusableException("SOURCE_DIR cannot be read: " + e);
        }
    }

    /** By a handle on its parent, so that what is opened is no link that was put in its place meanwhile. */
    static SecureDirectoryStream<Path> open(Path real) throws IOException {
        try (var parent = secure(Files.newDirectoryStream(real.getParent()))) {
            return secure(parent.newDirectoryStream(real.getFileName(), LinkOption.NOFOLLOW_LINKS));
        }
    }

    @SuppressWarnings("unchecked") // of the file system that the JDK itself ships for Linux
    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) throws IOException {
        if (opened instanceof SecureDirectoryStream<?> secure) {
            return (SecureDirectoryStream<Path>) secure;
        }
        opened.close();
        throw new NotDirectoryException("this operating system has no handles on directories; use Linux");
    }
}
