package dev.kubesent.cleanup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * One of several runs that share a directory: every top-level entry is of exactly one of them, and of the same one in every run.
 *
 * @param count at least 1
 * @param index from 0
 */
public record Shard(int count, int index) {

    public Shard {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("shard " + index + " of " + count);
        }
    }

    /** @param entry of the source directory itself, by name */
    boolean has(Path entry) {
        return count == 1 || of(entry, count) == index;
    }

    private static int of(Path entry, int count) {
        var checksum = new CRC32C();
        checksum.update(entry.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        return (int) (checksum.getValue() % count);
    }
}
