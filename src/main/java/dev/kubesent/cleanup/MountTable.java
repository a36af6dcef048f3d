package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is mounted where: also what is of the same file system, as a bind mount, a second hostPath or a subPath is, which no device number
 * tells (proc(5), /proc/self/mountinfo).
 */
final class MountTable {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /** Counted from 0: the device, the directory of it that is mounted, and where. */
    private static final int DEVICE = 2;

    private static final int ROOT = 3;
    private static final int POINT = 4;

    private final List<Mount> mounts;

    private MountTable(List<Mount> mounts) {
        this.mounts = mounts;
    }

    /** @param root which directory of that file system is seen at the mount point */
    record Mount(String device, Path root, Path point) {

        Place of(Path path) {
            return new Place(device, root.resolve(point.relativize(path)).normalize());
        }
    }

    /** Where something is in its file system, under whatever name it is mounted. */
    record Place(String device, Path path) {

        boolean isWithin(Place other) {
            return device.equals(other.device) && path.startsWith(other.path);
        }
    }

    /** Empty where there is no such table; then the device numbers are all there is. */
    static MountTable read() throws IOException {
        return Files.isReadable(TABLE) ? read(Files.readString(TABLE).lines()) : new MountTable(List.of());
    }

    static MountTable read(Stream<String> table) {
        return new MountTable(table.map(line -> line.split(" "))
                .filter(fields -> fields.length > POINT)
                .map(fields ->
                        new Mount(fields[DEVICE], Path.of(unescaped(fields[ROOT])), Path.of(unescaped(fields[POINT]))))
                .toList());
    }

    Set<Path> below(Path source) {
        return mounts.stream()
                .map(Mount::point)
                .filter(point -> point.startsWith(source) && !point.equals(source))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The mount that a path is seen through: the deepest, and of several at one point the last. */
    Optional<Mount> over(Path real) {
        return mounts.stream()
                .filter(mount -> real.startsWith(mount.point()))
                .reduce((one, next) ->
                        next.point().getNameCount() >= one.point().getNameCount() ? next : one);
    }

    Optional<Place> place(Path real) {
        return over(real).map(mount -> mount.of(real));
    }

    /** Blank, tab, line feed and backslash stand there in octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
