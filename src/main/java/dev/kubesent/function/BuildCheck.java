package dev.kubesent.function;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The image's AOT cache has to be of this very jar. JDK 25 was seen to run the old classes from the cache of a jar that had been
 * built anew, without a word (research/coldstart.md, "Traps"). The image is started with the fingerprint of the jar that its cache was
 * trained with; whoever puts another jar in has to train again.
 */
public final class BuildCheck {

    /** The jar's {@link #fingerprint}; not set outside of the image. */
    private static final String BUILD = "kubesent.build";

    private BuildCheck() {}

    /** @throws UsageException if they are not of one build */
    static void refuseStaleCache() {
        refuseStaleCache(Optional.ofNullable(System.getProperty(BUILD)), System.getProperty("java.class.path"));
    }

    static void refuseStaleCache(Optional<String> trained, String classPath) {
        if (trained.isEmpty()) {
            return;
        }
        var jar = Path.of(classPath.split(File.pathSeparator, 2)[0]);
        var found = fingerprint(jar);
        if (!found.equals(trained.get())) {
            throw new UsageException("the AOT cache is of another build (%s) than %s (%s): build the image anew"
                    .formatted(trained.get(), jar, found));
        }
    }

    /**
     * CRC-32 and length: it has to tell one build from another, and no forger from us. SHA-256 takes 60 ms of a start of 400, as nothing is compiled yet.
     */
    public static String fingerprint(Path jar) {
        try {
            var bytes = Files.readAllBytes(jar);
            var crc = new CRC32();
            crc.update(bytes);
            return "%08x-%d".formatted(crc.getValue(), bytes.length);
        } catch (IOException e) {
            throw new UsageException("cannot read " + jar + ": " + e);
        }
    }
}
