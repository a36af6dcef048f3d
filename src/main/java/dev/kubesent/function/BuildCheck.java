package dev.kubesent.function;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The image's AOT cache has to be of this very jar. JDK 25 was seen to run the old classes from the cache of a jar that had been
 * built anew, without a word (research/coldstart.md, "Traps"). The image is started with the digest of the jar that its cache was
 * trained with; whoever puts another jar in has to train again.
 */
final class BuildCheck {

    /** SHA-256 of the jar, in hex; not set outside of the image. */
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
        var found = digest(jar);
        if (!found.equals(trained.get())) {
            throw new UsageException("the AOT cache is of another build (%s) than %s (%s): build the image anew"
                    .formatted(trained.get(), jar, found));
        }
    }

    private static String digest(Path jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new UsageException("cannot read " + jar + ": " + e);
        }
    }
}
