package dev.kubesent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that say what is expected. {@code GOLDEN=write ./mvnw test} writes them anew; read the diff before you commit it. */
public final class Golden {

    private static final boolean WRITE = "write".equals(System.getenv("GOLDEN"));

    private Golden() {}

    public static void assertMatches(Path file, String actual) {
        try {
            if (WRITE) {
                Files.writeString(file, actual);
            }
            assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
