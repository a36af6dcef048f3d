package dev.kubesent.cleanup;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Where a walk has to stop, or to be careful.
 *
 * @param mountPoints where something else is mounted, below the source
 */
record Borders(Set<Path> mountPoints, SystemDirectories system) {

    boolean isMountPoint(Folder folder, Path name) {
        return !mountPoints.isEmpty() && mountPoints.contains(folder.path().resolve(name));
    }

    /** Whether nothing else is mounted below the source. */
    boolean areNone() {
        return mountPoints.isEmpty();
    }

    /** Never gone into, whatever CROSS_MOUNTS says: a mount of the system under another name. */
    boolean isOfTheSystem(Folder folder, Path name, BasicFileAttributes looked) {
        return system.is(looked)
                || (isMountPoint(folder, name)
                        && system.isMountedFrom(folder.path().resolve(name)));
    }
}
