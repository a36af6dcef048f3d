package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildRecordTest {

    @TempDir
    private Path app;

    @BeforeEach
    void train() throws IOException {
        Files.writeString(app.resolve("kubesent.jar"), "jar");
        Files.writeString(app.resolve("kubesent.aot"), "cache");
        Files.writeString(app.resolve("cleanup.aot"), "cache of the cleanup");
        BuildRecord.write(app);
    }

    @Test
    void what_was_trained_makes_an_image() throws IOException {
        assertThat(BuildRecord.check(app)).isEqualTo("78ecdd12-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubesent.jar", "kubesent.aot", "cleanup.aot"})
    void what_was_exchanged_since_makes_none(String file) throws IOException {
        Files.writeString(app.resolve(file), "another");

        assertThatIllegalStateException().isThrownBy(() -> BuildRecord.check(app));
    }
}
