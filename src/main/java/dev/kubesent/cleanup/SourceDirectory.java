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
import java.util.Objects;

/** The directory that is cleaned up: that it is one, and none that nobody can have meant. */
final class SourceDirectory {

    private SourceDirectory() {}

    /** Without any link in it. @throws UnusableException where it is not there, or must not be cleaned up */
    static Path real(Path given, SystemDirectories system) {
        if (!Files.isDirectory(given)) {
            throw new UnusableException("Source directory not found: " + Printable.of(given));
        }
        try {
            var real = given.toRealPath();
            if (SystemDirectories.isNamed(given.normalize()) || system.has(real)) {
                throw new UnusableException("SOURCE_DIR is " + Printable.of(real)
                        + ", of the system itself, by its name, by what is mounted there, or by what is in it:"
                        + " that is never cleaned up");
            }
            return real;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UnusableException unreadable(IOException why) {
        return new UnusableException("SOURCE_DIR cannot be read: " + Printable.of(why));
    }

    /** What is opened is what was looked at, and no link that was put in its place meanwhile. @throws UnusableException where it cannot be read */
    static SecureDirectoryStream<Path> open(Path real, SystemDirectories system) {
        try {
            var looked = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var opened = secure(Files.newDirectoryStream(real));
            try {
                var own = opened.getFileAttributeView(BasicFileAttributeView.class)
                        .readAttributes();
                if (!Objects.equals(own.fileKey(), looked.fileKey())) {
                    throw new NotDirectoryException("it was exchanged");
                }
                if (system.is(own)) {
                    throw new NotDirectoryException("it is of the system itself by now");
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
            throw unreadable(e);
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
