package dev.kubesent.image;

import dev.kubesent.function.BuildCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the cache was trained with, written down by the training, so that the image is not built of anything else. */
final class BuildRecord {

    private BuildRecord() {}

    static void write(Path app) throws IOException {
        Files.writeString(app.resolve("kubesent.build"), digests(app));
    }

    /**
     * The fingerprint of the jar, as the image's start compares it.
     *
     * @throws IllegalStateException where jar or cache are not those of the training
     */
    static String check(Path app) throws IOException {
        var trained = Files.readString(app.resolve("kubesent.build"));
        var found = digests(app);
        if (!trained.equals(found)) {
            throw new IllegalStateException(
                    "jar and AOT caches in %s are not of one training: %s, found %s".formatted(app, trained, found));
        }
        return BuildCheck.fingerprint(app.resolve("kubesent.jar"));
    }

    private static String digests(Path app) throws IOException {
        return digest(app, "kubesent.jar") + " " + digest(app, "kubesent.aot") + " "
                + digest(app, CleanupTraining.CACHE);
    }

    private static String digest(Path app, String file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(app.resolve(file))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
