package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where something else is mounted below a directory: also what is of the same file system, as a bind mount, a second hostPath or a subPath
 * is, which no device number tells (proc(5), /proc/self/mountinfo).
 */
final class MountPoints {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /** The fifth field, counted from 0. */
    private static final int MOUNT_POINT = 4;

    private MountPoints() {}

    /** Nothing where there is no such table; then the device numbers are all there is. */
    static Set<Path> below(Path source) throws IOException {
        return Files.isReadable(TABLE) ? read(Files.readString(TABLE).lines(), source) : Set.of();
    }

    static Set<Path> read(Stream<String> table, Path source) {
        return table.map(line -> line.split(" "))
                .filter(fields -> fields.length > MOUNT_POINT)
                .map(fields -> unescaped(fields[MOUNT_POINT]))
                .filter(path -> path.startsWith(source + "/"))
                .map(Path::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Blank, tab, line feed and backslash stand there in octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
