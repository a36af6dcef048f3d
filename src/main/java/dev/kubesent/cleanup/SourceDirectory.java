package dev.kubesent.cleanup;

import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The directory that is cleaned up: that it is one, and none that nobody can have meant. */
final class SourceDirectory {

    /** Of the Filesystem Hierarchy Standard: whole systems stand right below these. Folders of one's own inside of them may be meant. */
    private static final Set<Path> NEVER_ITSELF =
            paths("/", "/home", "/mnt", "/media", "/opt", "/root", "/run", "/srv", "/var", "/var/lib", "/var/run");

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
            "/usr",
            "/var/lib/apt",
            "/var/lib/containerd",
            "/var/lib/docker",
            "/var/lib/dpkg",
            "/var/lib/etcd",
            "/var/lib/kubelet",
            "/var/lib/rpm",
            "/run/secrets",
            "/var/run/secrets");

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
            // On most systems /lib64 is a link to /usr/lib64: either name is enough.
            if (isOfTheSystem(given.normalize()) || isOfTheSystem(real)) {
                throw new UnusableException(
                        "SOURCE_DIR is " + real + ", of the system itself: that is never cleaned up");
            }
            return real;
        } catch (IOException e) {
            throw new UnusableException("SOURCE_DIR cannot be read: " + e);
        }
    }

    private static boolean isOfTheSystem(Path path) {
        return NEVER_ITSELF.contains(path) || NEVER_BELOW.stream().anyMatch(path::startsWith);
    }

    /** What is opened is what was looked at, and no link that was put in its place meanwhile. @throws UnusableException where it cannot be read */
    static SecureDirectoryStream<Path> open(Path real) {
        try {
            var looked = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var opened = secure(Files.newDirectoryStream(real));
            try {
                var own = opened.getFileAttributeView(BasicFileAttributeView.class)
                        .readAttributes();
                if (!Objects.equals(own.fileKey(), looked.fileKey())) {
                    throw new NotDirectoryException("it was exchanged");
                }
                if (!Device.of(own).isKnown()) {
                    throw new NotDirectoryException("of which file system it is cannot be told");
                }
                return opened;
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UnusableException("SOURCE_DIR cannot be read: " + e);
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
