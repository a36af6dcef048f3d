package dev.kubesent.cleanup;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * The file system that a directory is of. The JDK hands st_dev out on a handle only inside of a file key's text, "(dev=fd01,ino=42)"; where
 * that looks otherwise, every directory is another device, so that nothing is gone into.
 */
record Device(String id) {

    private static final Pattern KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=-?\\d+\\)");

    static Device of(BasicFileAttributes attributes) {
        return new Device(id(attributes));
    }

    boolean has(BasicFileAttributes attributes) {
        return !id.isEmpty() && id.equals(id(attributes));
    }

    /** Whether it is known at all. */
    boolean isKnown() {
        return !id.isEmpty();
    }

    private static String id(BasicFileAttributes attributes) {
        var found = KEY.matcher(String.valueOf(attributes.fileKey()));
        return found.matches() ? found.group(1) : "";
    }
}
