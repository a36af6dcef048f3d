package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's launcher with a cache that makes the next start short. A stand-in for a Java says with which words it was run. */
class StartCacheTest {

    /** Extracts as Spring's jarmode does, writes what a training writes, and says what else it was asked for. */
    private static final String JAVA = """
        #!/bin/sh
        case "$*" in
          *-Djarmode=tools*)
            for folder; do :; done
            mkdir -p "$folder" && cp "$KUBESENT_JAR" "$folder/kubesent.jar" ;;
          *-XX:AOTCacheOutput=*)
            grep -q 127.0.0.1:1 "$KUBECONFIG" || exit 1
            for word; do case $word in -XX:AOTCacheOutput=*) echo trained >"${word#*=}" ;; esac; done
            exit 3 ;;
          *) echo "ran $*"; exit 7 ;;
        esac
        """;

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void install() throws IOException {
        Files.copy(Path.of("src/plugin/kubectl-kubesent"), folder.resolve("kubectl-kubesent"));
        jar = Files.writeString(folder.resolve("kubesent.jar"), "one");
        var bin = Files.createDirectories(folder.resolve("java/bin"));
        Files.createDirectories(folder.resolve("java/lib"));
        Files.writeString(folder.resolve("java/lib/modules"), "25");
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.setPosixFilePermissions(
                Files.writeString(bin.resolve("java"), JAVA), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void it_is_made_once_and_then_used() throws Exception {
        var first = launch("now", "scan", "-A");

        assertThat(first.code()).isEqualTo(7);
        assertThat(first.output()).contains("-XX:AOTCache=").endsWith("/app/kubesent.jar scan -A\n");
        assertThat(launch("", "scan", "-A")).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(caches())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void none_is_made_where_nobody_wants_it() throws Exception {
        assertThat(launch("off", "scan").output()).endsWith("-jar " + jar + " scan\n");

        assertThat(caches()).doesNotExist();
    }

    /** Of what decides and writes nothing is begun behind the command. */
    @Test
    void a_decision_begins_nothing_in_the_background() throws Exception {
        assertThat(launch("", "approve", "x").output()).endsWith("-jar " + jar + " approve x\n");

        assertThat(caches()).doesNotExist();
    }

    /** JDK 25 runs the old classes from the cache of a jar that was built anew. */
    @Test
    void a_jar_that_was_built_anew_runs_itself() throws Exception {
        assertThat(launch("now", "scan").output()).contains("-XX:AOTCache=");

        Files.writeString(jar, "two"); // as long as before

        assertThat(launch("", "approve").output()).endsWith("-jar " + jar + " approve\n");
        var anew = launch("now", "scan").output();
        assertThat(Files.readString(Path.of(anew.replaceAll("(?s).*-jar (\\S+) scan\\n", "$1"))))
                .isEqualTo("two");
    }

    @Test
    void another_java_does_not_take_it() throws Exception {
        assertThat(launch("now", "scan").output()).contains("-XX:AOTCache=");

        Files.writeString(folder.resolve("java/lib/modules"), "25.0.2");

        assertThat(launch("", "approve").output()).endsWith("-jar " + jar + " approve\n");
    }

    @Test
    void one_that_is_not_whole_is_not_used() throws Exception {
        assertThat(launch("now", "scan").output()).contains("-XX:AOTCache=");
        try (var files = Files.walk(caches())) {
            for (var file : files.filter(file -> file.endsWith("complete")).toList()) {
                Files.delete(file);
            }
        }

        assertThat(launch("now", "scan").output()).as("it may be in the making").endsWith("-jar " + jar + " scan\n");
    }

    @Test
    void a_folder_that_others_may_write_into_is_not_believed() throws Exception {
        assertThat(launch("now", "scan").output()).contains("-XX:AOTCache=");

        Files.setPosixFilePermissions(caches(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(launch("now", "scan").output()).endsWith("-jar " + jar + " scan\n");
    }

    private Path caches() {
        return folder.resolve("cache/kubesent");
    }

    private record Result(int code, String output) {}

    private Result launch(String wanted, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(folder.resolve("kubectl-kubesent").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("KUBESENT_JAR", jar.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("KUBESENT_START_CACHE", wanted);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
