package dev.kubesent.cleanup;

import dev.kubesent.cleanup.MountTable.Mount;
import dev.kubesent.cleanup.MountTable.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nobody can have meant to be cleaned up, known by name, by device and inode, and by its place in its file system: a bind mount has
 * another name, and of what is below {@code /etc} another inode, too.
 */
final class SystemDirectories {

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

    /**
     * In a container only the mount itself tells what a hostPath is of: the node's /etc is a directory "/etc" of some file system. A claim is
     * mounted from its root, or from /var/lib/kubelet, which is therefore not among these.
     */
    private static final Set<Path> NEVER_MOUNTED =
            paths("/bin", "/boot", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/sbin", "/usr");

    private static final Set<Path> NEVER_MOUNTED_ITSELF = paths("/root", "/run", "/var", "/var/lib");

    /** All three together are the root of a system, under whatever name: the node's, as a hostPath of "/" is. */
    private static final Set<Path> OF_A_ROOT = Set.of(Path.of("etc"), Path.of("usr"), Path.of("var"));

    private final MountTable mounts;
    private final Set<Object> keys;
    private final Set<Place> places;

    /** As they are on this machine at this time. */
    SystemDirectories(MountTable mounts) {
        this.mounts = mounts;
        this.keys = Stream.concat(NEVER_ITSELF.stream(), NEVER_BELOW.stream())
                .flatMap(SystemDirectories::key)
                .collect(Collectors.toUnmodifiableSet());
        this.places = NEVER_BELOW.stream()
                .filter(Files::isDirectory)
                .flatMap(path -> mounts.place(real(path)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Path> paths(String... paths) {
        return Arrays.stream(paths).map(Path::of).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Object> key(Path path) {
        try {
            return Stream.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Stream.of(); // not on this machine
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    /** Of the name as it was given: on most systems /lib64 is a link to /usr/lib64, and either name is enough. */
    static boolean isNamed(Path path) {
        return NEVER_ITSELF.contains(path) || NEVER_BELOW.stream().anyMatch(path::startsWith);
    }

    /** @param real without any link in it */
    boolean has(Path real) throws IOException {
        return isNamed(real)
                || is(Files.readAttributes(real, BasicFileAttributes.class))
                || isMountedFrom(real)
                || OF_A_ROOT.stream().allMatch(name -> Files.isDirectory(real.resolve(name)));
    }

    /** By device and inode, whatever it is called. */
    boolean is(BasicFileAttributes attributes) {
        var key = attributes.fileKey();
        return key != null && keys.contains(key);
    }

    /** Whether it is seen through a mount of a directory of the system, or of one below it. */
    boolean isMountedFrom(Path real) {
        var over = mounts.over(real);
        return over.isPresent() && isMountedFrom(over.get(), over.get().of(real));
    }

    private boolean isMountedFrom(Mount mount, Place place) {
        var isWholeFileSystem = mount.root().equals(Path.of("/"));
        return places.stream().anyMatch(place::isWithin)
                || NEVER_MOUNTED.stream().anyMatch(mount.root()::startsWith)
                || (!isWholeFileSystem && NEVER_MOUNTED_ITSELF.contains(place.path()));
    }
}
