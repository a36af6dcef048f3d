package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cleanup.CleanupCommand.Watched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process says, and how it ends. */
class CleanupCommandTest {

    @TempDir
    private Path folder;

    private Tree tree;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void plant() {
        tree = new Tree(folder);
    }

    @Test
    void what_was_done_is_one_line_of_json_with_exit_code_0() throws IOException {
        tree.old("a");

        assertThat(run()).isZero();
        var summary = new ObjectMapper().readTree(out.toByteArray());
        assertThat(summary.path("end").asText()).isEqualTo("DONE");
        assertThat(summary.path("deleted").asInt()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_directory_that_is_missing_is_exit_code_2_and_named() {
        tree.with("SOURCE_DIR", "/no/such/folder");

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("kubesent cleanup: Source directory not found: /no/such/folder");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_setting_that_makes_no_sense_is_exit_code_2_and_nothing_is_touched() {
        tree.old("a");
        tree.with("DAYS_OLD", "5d");

        assertThat(run()).isEqualTo(2);
        assertThat(tree.left()).containsExactly("a");
    }

    @Test
    void a_limit_is_exit_code_3() {
        tree.old("a");
        tree.old("b");
        tree.with("MAX_DELETES", "1");

        assertThat(run()).isEqualTo(3);
    }

    @Test
    void progress_is_one_line_that_renews_on_a_terminal_and_lines_in_a_log() {
        var progress = new Progress(1_234_567, 890, 3L << 30, 2, Duration.ofSeconds(10)).toString();

        assertThat(progress).isEqualTo("seen 1,234,567  deleted 890  3.0 GiB  failed 2  123,456/s");
        assertThat(command(Watched.ON_A_TERMINAL).line(progress))
                .startsWith("\r")
                .doesNotContain("\n");
        assertThat(command(Watched.IN_A_LOG).line(progress)).isEqualTo(progress + System.lineSeparator());
    }

    @Test
    void a_real_process_that_is_told_to_end_stops_between_two_files_and_prints_what_it_did() throws Exception {
        IntStream.range(0, 60_000).forEach(i -> tree.at("f" + i % 300 + "/" + i, Instant.EPOCH));
        var before = times();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kubesent.function.Main",
                "cleanup");
        builder.environment().putAll(tree.environment);
        var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();

        while (process.isAlive() && times().equals(before)) {
            Thread.onSpinWait();
        }
        process.toHandle().destroy(); // not process.destroy(), which closes what is to be read

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(printed).isEqualTo(143);
        var summary = new ObjectMapper().readTree(printed);
        assertThat(summary.path("end").asText()).isEqualTo("TERMINATED");
        assertThat(summary.path("deleted").asLong()).isEqualTo(60_000 - files()).isPositive();
        assertThat(files()).isPositive();
    }

    /** As a JVM of tomorrow will have it unless it is told otherwise. */
    @Test
    void a_process_that_may_not_call_the_kernel_itself_goes_the_way_of_the_JDK() throws Exception {
        tree.at("old", Instant.EPOCH);
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--illegal-native-access=deny",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kubesent.function.CleanupMain");
        builder.environment().putAll(tree.environment);
        var process = builder.redirectErrorStream(true).start();

        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(tree.left()).isEmpty();
    }

    private long files() {
        return tree.left().stream().filter(name -> !name.endsWith("/")).count();
    }

    /** A directory's time changes with the first file that is taken out of it. */
    private List<FileTime> times() throws IOException {
        var times = new ArrayList<FileTime>();
        for (int i = 0; i < 300; i++) {
            times.add(Files.getLastModifiedTime(tree.root.resolve("f" + i)));
        }
        return times;
    }

    private int run() {
        return command(Watched.IN_A_LOG).run(tree.environment::get, Clock.fixed(Tree.NOW, ZoneOffset.UTC), _ -> {});
    }

    private CleanupCommand command(Watched watched) {
        return new CleanupCommand(new PrintStream(out, true), new PrintStream(err, true), watched);
    }
}
