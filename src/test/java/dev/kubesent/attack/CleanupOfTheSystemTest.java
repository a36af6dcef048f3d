package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cleanup.CleanupCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * shared/reviews/security.md, 8: a bind mount of {@code /etc} or {@code /} under another name is cleaned. Each run is a process in a mount
 * namespace of its own, and dry.
 */
class CleanupOfTheSystemTest {

    private static final String REFUSED = "of the system itself";

    @TempDir
    private Path folder;

    private Path data;

    private record Run(int exitCode, String out, String err) {

        JsonNode summary() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeEach
    void mountsArePossible() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        var uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid"); // a user without a name may be root
        var probe = inANamespace("mount -t tmpfs none " + data, List.of("true"), Map.of());
        var isRequired = "true".equals(System.getenv("KUBESENT_REQUIRE_API_SERVER"));
        if (probe.exitCode() != 0 && isRequired && uid.equals(0)) {
            throw new IllegalStateException("root may not mount here, and no attack test may be skipped where "
                    + "KUBESENT_REQUIRE_API_SERVER is true: " + probe.err());
        }
        Assumptions.assumeTrue(
                probe.exitCode() == 0, "SKIPPED: no mounts for user " + uid + ", only for root: " + probe.err());
    }

    @TestFactory
    List<DynamicTest> a_directory_of_the_system_under_another_name_is_refused() {
        var tests = Stream.of(
                        "/",
                        "/etc",
                        "/etc/ssl",
                        "/usr",
                        "/usr/share",
                        "/var",
                        "/home",
                        "/root",
                        "/proc",
                        "/sys",
                        "/dev",
                        "/boot")
                .filter(path -> Files.isDirectory(Path.of(path)))
                .map(path -> dynamicTest(path, () -> {
                    var run = clean("mount --bind " + path + " " + data, data, "false");

                    assertThat(run.exitCode()).as(run.out()).isEqualTo(CleanupCommand.UNUSABLE);
                    assertThat(run.err()).contains(REFUSED);
                }))
                .toList();
        assertThat(tests).hasSizeGreaterThanOrEqualTo(8);
        return tests;
    }

    @Test
    void a_folder_inside_of_such_a_mount_is_refused_as_well() throws Exception {
        var run = clean("mount --bind /etc " + data, data.resolve("ssl"), "false");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(CleanupCommand.UNUSABLE);
    }

    /** What a pod sees of a hostPath: another file system than its own, of which a directory named /etc is mounted. */
    @Test
    void the_etc_of_another_system_is_refused_by_what_is_mounted() throws Exception {
        var node = Files.createDirectory(folder.resolve("node"));
        var run = clean(
                "mount -t tmpfs none %s && mkdir %s/etc && mount --bind %s/etc %s".formatted(node, node, node, data),
                data,
                "false");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(CleanupCommand.UNUSABLE);
        assertThat(run.err()).contains(REFUSED);
    }

    @Test
    void the_root_of_another_system_is_refused_by_what_is_in_it() throws Exception {
        var run = clean(
                "mount -t tmpfs none %s && mkdir %s/etc %s/usr %s/var".formatted(data, data, data, data),
                data,
                "false");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(CleanupCommand.UNUSABLE);
        assertThat(run.err()).contains(REFUSED);
    }

    @Test
    void with_cross_mounts_it_still_goes_into_none_of_the_system() throws Exception {
        old(data.resolve("mine"));
        var mount = Files.createDirectory(data.resolve("etc"));
        var below = Files.createDirectory(data.resolve("ssl"));

        var run = clean("mount --bind /etc %s && mount --bind /etc/ssl %s".formatted(mount, below), data, "true");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.summary().path("seen").asInt()).isEqualTo(1);
        assertThat(run.summary().path("mountsPassed").asInt()).isEqualTo(2);
    }

    @Test
    void a_mount_of_ones_own_is_cleaned_up() throws Exception {
        var own = Files.createDirectory(folder.resolve("own"));
        old(own.resolve("mine"));
        var claim = Files.createDirectory(folder.resolve("claim"));

        var bound = clean("mount --bind " + own + " " + data, data, "false");
        var claimed =
                clean("mount -t tmpfs none %s && touch -d 2001-01-01 %s/a".formatted(claim, claim), claim, "false");

        assertThat(bound.summary().path("deleted").asInt()).isEqualTo(1);
        assertThat(claimed.summary().path("deleted").asInt()).isEqualTo(1);
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(Files.writeString(file, "x"), FileTime.from(Instant.EPOCH));
    }

    private Run clean(String mounts, Path source, String crossMounts) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return inANamespace(
                mounts,
                List.of(java, "-XX:TieredStopAtLevel=1", "dev.kubesent.function.Main", "cleanup"),
                Map.of(
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "SOURCE_DIR",
                        source.toString(),
                        "DAYS_OLD",
                        "1",
                        "DRY_RUN",
                        "true",
                        "MAX_SECONDS",
                        "20",
                        "CROSS_MOUNTS",
                        crossMounts));
    }

    /** Nothing that is mounted there is seen outside of it, or outlives it. */
    private Run inANamespace(String mounts, List<String> command, Map<String, String> environment) throws Exception {
        var whole = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", mounts + " && exec \"$@\"", "sh"));
        whole.addAll(command);
        var err = folder.resolve("err").toFile();
        var builder = new ProcessBuilder(whole).redirectError(err);
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, Files.readString(err.toPath()));
    }
}
