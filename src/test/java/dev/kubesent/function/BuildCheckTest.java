package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCheckTest {

    /** Of "jar". */
    private static final String FINGERPRINT = "78ecdd12-3";

    @TempDir
    private Path folder;

    @Test
    void outside_of_the_image_nothing_is_compared() {
        assertThatCode(() -> BuildCheck.refuseStaleCache(Optional.empty(), "no/such.jar"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_jar_that_the_cache_was_not_trained_with_ends_the_process() throws IOException {
        var jar = Files.writeString(folder.resolve("kubesent.jar"), "another");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> BuildCheck.refuseStaleCache(Optional.of(FINGERPRINT), jar + ":lib/x.jar"))
                .withMessageContaining("build the image anew");
    }

    @Test
    void its_own_jar_is_taken() throws IOException {
        var jar = Files.writeString(folder.resolve("kubesent.jar"), "jar");

        assertThatCode(() -> BuildCheck.refuseStaleCache(Optional.of(FINGERPRINT), jar.toString()))
                .doesNotThrowAnyException();
    }
}
