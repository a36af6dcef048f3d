package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import dev.kubesent.testing.MovingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted, and what is not, on a real file system. */
class CleanupTest {

    @TempDir
    private Path folder;

    private Tree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new Tree(Files.createDirectory(folder.resolve("source")));
    }

    @Test
    void old_files_go_and_young_ones_stay_however_deep_they_are() {
        tree.old("a.log");
        tree.old("x/y/z/b.log");
        tree.young("x/y/c.log");
        tree.young("d.log");

        var summary = tree.run();

        assertThat(tree.left()).containsExactly("d.log", "x/", "x/y/", "x/y/c.log", "x/y/z/");
        assertThat(summary.end()).isEqualTo(Ending.DONE);
        assertThat(summary.seen()).isEqualTo(4);
        assertThat(summary.deleted()).isEqualTo(2);
        assertThat(summary.bytes()).isEqualTo(20);
        assertThat(summary.failed()).isZero();
    }

    @Test
    void exactly_as_old_as_that_is_not_yet_older() {
        var limit = Tree.NOW.minus(Duration.ofDays(5));
        tree.at("at-the-limit", limit);
        tree.at("a-nanosecond-before", limit.minusNanos(1));
        tree.at("a-nanosecond-after", limit.plusNanos(1));

        tree.run();

        assertThat(tree.left()).containsExactly("a-nanosecond-after", "at-the-limit");
    }

    @Test
    void of_no_days_all_goes_that_was_not_modified_just_now() {
        tree.at("now", Tree.NOW);
        tree.at("before", Tree.NOW.minusNanos(1));
        tree.at("of-tomorrow", Tree.NOW.plusSeconds(86_400));

        tree.with("DAYS_OLD", "0").run();

        assertThat(tree.left()).containsExactly("now", "of-tomorrow");
    }

    @Test
    void only_names_that_match_go() {
        tree.old("a.log");
        tree.old("a.log.gz");
        tree.old("x/b.log");
        tree.old("log");

        tree.with("PATTERN", "*.{log,tmp}").run();

        assertThat(tree.left()).containsExactly("a.log.gz", "log", "x/");
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            *.log,          a.log,      true
            *.log,          .log,       true
            *.log,          A.LOG,      false
            *.log,          a.log.gz,   false
            *,              .hidden,    true
            a?.log,         ab.log,     true
            a?.log,         abc.log,    false
            [a-c]*.log,     b1.log,     true
            [!a-c]*.log,    b1.log,     false
            "*.{gz,zip}",   a.zip,      true
            "*.{gz,zip}",   a.bz2,      false
            größe-*,        größe-1,    true
            """)
    void a_pattern_is_a_glob_of_the_name(String pattern, String name, boolean goes) {
        tree.old("x/" + name);

        tree.with("PATTERN", pattern).run();

        assertThat(tree.left().contains("x/" + name)).isEqualTo(!goes);
    }

    @ParameterizedTest(name = "{0} days, modified {1}: {2}")
    @CsvSource({
        "5, 2026-11-18T12:00:00Z, false",
        "5, 2026-11-18T11:59:59.999999999Z, true",
        "0, 2026-11-23T12:00:00Z, false",
        "0, 2026-11-23T11:59:59.999Z, true",
        "1, 2026-11-23T00:00:00Z, false",
        "36500, 1970-01-01T00:00:00Z, false",
        "20000, 1970-01-01T00:00:00Z, true",
        "0, 2038-01-20T00:00:00Z, false"
    })
    void older_than_so_many_days_to_the_nanosecond(int days, Instant modified, boolean isOld) {
        assertThat(Age.of(days, Tree.NOW).isOld(FileTime.from(modified))).isEqualTo(isOld);
    }

    @Test
    void a_dry_run_counts_the_same_and_deletes_nothing() {
        tree.old("a");
        tree.old("x/b");
        tree.young("c");

        var summary =
                tree.with("DRY_RUN", "true").with("REMOVE_EMPTY_DIRS", "true").run();

        assertThat(tree.left()).containsExactly("a", "c", "x/", "x/b");
        assertThat(summary.dryRun()).isTrue();
        assertThat(summary.deleted()).isEqualTo(2);
        assertThat(summary.bytes()).isEqualTo(20);
    }

    @Test
    void links_are_neither_followed_nor_deleted_and_pipes_are_no_files() throws Exception {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var precious = Files.writeString(outside.resolve("precious"), "x");
        Tree.touch(precious, Tree.OLD);
        Tree.touch(outside, Tree.OLD);
        Files.createSymbolicLink(tree.root.resolve("to-a-directory"), outside);
        Files.createSymbolicLink(tree.root.resolve("to-a-file"), precious);
        Files.createSymbolicLink(tree.root.resolve("to-nothing"), Path.of("/no/such/file"));
        var pipe = tree.root.resolve("pipe").toString();
        // The JDK would open a pipe to set its time, and wait for somebody who writes into it.
        assertThat(new ProcessBuilder("sh", "-c", "mkfifo " + pipe + " && touch -d 2026-11-01 " + pipe)
                        .start()
                        .waitFor())
                .isZero();

        var summary = tree.with("REMOVE_EMPTY_DIRS", "true").run();

        assertThat(precious).exists();
        assertThat(tree.left()).containsExactly("pipe", "to-a-directory", "to-a-file", "to-nothing");
        assertThat(summary.seen()).isZero();
        assertThat(summary.end()).isEqualTo(Ending.DONE);
    }

    @Test
    void directories_that_this_run_emptied_go_and_the_source_itself_stays() throws IOException {
        tree.old("a/b/c/old");
        tree.old("d/old");
        tree.young("d/young");
        Files.createDirectories(tree.root.resolve("made-just-now"));
        var forgotten = Files.createDirectories(tree.root.resolve("empty-for-long"));
        Tree.touch(forgotten, Tree.OLD);
        Tree.touch(tree.root.resolve("made-just-now"), Tree.NOW);

        var summary = tree.with("REMOVE_EMPTY_DIRS", "true").run();

        assertThat(tree.left()).containsExactly("d/", "d/young", "made-just-now/");
        assertThat(summary.directoriesRemoved()).isEqualTo(4);
        assertThat(tree.root).exists();
    }

    @Test
    void a_limit_on_deletes_stops_the_run_and_says_so() {
        IntStream.range(0, 50).forEach(i -> tree.old("f" + i % 7 + "/" + i));

        var summary = tree.with("MAX_DELETES", "20").run();

        assertThat(summary.end()).isEqualTo(Ending.LIMIT);
        assertThat(summary.end().exitCode()).isEqualTo(3);
        assertThat(summary.deleted()).isEqualTo(20);
        assertThat(tree.left().stream().filter(name -> !name.endsWith("/"))).hasSize(30);
    }

    @Test
    void a_limit_that_is_just_enough_is_none() {
        IntStream.range(0, 20).forEach(i -> tree.old("f" + i));

        assertThat(tree.with("MAX_DELETES", "20").run().end()).isEqualTo(Ending.DONE);
    }

    @Test
    void a_limit_on_time_stops_the_run_between_two_files() {
        IntStream.range(0, 50).forEach(i -> tree.old("f" + i));
        var clock = new MovingClock(Tree.NOW);
        var cleanup = new Cleanup(tree.with("MAX_SECONDS", "1").settings(), clock, tree.complaints::add);
        clock.forward(Duration.ofSeconds(2));

        var summary = cleanup.run();

        assertThat(summary.end()).isEqualTo(Ending.LIMIT);
        assertThat(summary.deleted()).isZero();
    }

    @Test
    void who_is_told_to_stop_stops_and_has_a_summary() {
        tree.old("a");
        var cleanup = tree.cleanup();

        cleanup.stop();
        var summary = cleanup.run();

        assertThat(summary.end()).isEqualTo(Ending.TERMINATED);
        assertThat(tree.left()).containsExactly("a");
    }

    /** Deeper than anybody builds: each level is a handle, and the process has only so many. */
    @Test
    void what_cannot_be_gone_into_is_counted_and_told_and_all_else_is_done() throws IOException {
        var deep = IntStream.range(0, Walk.DEEPEST + 3).mapToObj(_ -> "d").collect(Collectors.joining("/"));
        Files.createDirectories(tree.root.resolve(deep));
        tree.old("a");

        var summary = tree.run();

        assertThat(summary.end()).isEqualTo(Ending.INCOMPLETE);
        assertThat(summary.end().exitCode()).isEqualTo(1);
        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.deleted()).isEqualTo(1);
        assertThat(tree.complaints).singleElement().asString().contains("more than 400 directories deep");
    }

    /** Root may delete what it may not write, but nothing that is immutable. */
    @Test
    void a_file_that_cannot_be_deleted_is_counted_and_does_not_use_up_the_limit() throws Exception {
        var fixed = tree.old("x/fixed");
        Assumptions.assumeTrue(
                new ProcessBuilder("chattr", "+i", fixed.toString()).start().waitFor() == 0,
                "a file system with immutable files, and root");
        try {
            tree.old("x/a");
            tree.old("x/b");

            var summary = tree.with("MAX_DELETES", "2").run();

            assertThat(summary.end()).isEqualTo(Ending.INCOMPLETE);
            assertThat(summary.failed()).isEqualTo(1);
            assertThat(summary.deleted()).isEqualTo(2);
            assertThat(tree.left()).containsExactly("x/", "x/fixed");
            assertThat(tree.complaints).singleElement().asString().contains("x/fixed");
        } finally {
            assertThat(new ProcessBuilder("chattr", "-i", fixed.toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    void while_it_runs_it_says_how_far_it_is() throws IOException {
        var deep = IntStream.range(0, Walk.DEEPEST + 1).mapToObj(_ -> "d").collect(Collectors.joining("/"));
        Files.createDirectories(tree.root.resolve(deep));
        tree.old("a");
        var told = new CountDownLatch(2);
        // What cannot be read holds the run until it has told twice.
        var cleanup = new Cleanup(tree.settings(), Clock.fixed(Tree.NOW, ZoneOffset.UTC), _ -> await(told));

        var lines = new CopyOnWriteArrayList<String>();
        var summary = cleanup.run(Duration.ofMillis(5), line -> {
            lines.add(line);
            told.countDown();
        });

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("seen "));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_name_with_a_line_feed_makes_no_line_of_its_own() throws IOException {
        var deep = IntStream.range(0, Walk.DEEPEST + 1).mapToObj(_ -> "d").collect(Collectors.joining("/"));
        Files.createDirectories(tree.root.resolve("d\n{\"end\":\"DONE\"}/" + deep));

        tree.run();

        assertThat(tree.complaints).singleElement().asString().doesNotContain("\n");
    }

    @Test
    void another_file_system_is_not_gone_into_unless_it_is_asked_for() throws Exception {
        var mount = Files.createDirectory(tree.root.resolve("mounted"));
        var mounted = new ProcessBuilder("mount", "-t", "tmpfs", "none", mount.toString())
                .redirectErrorStream(true)
                .start();
        Assumptions.assumeTrue(mounted.waitFor() == 0, "SKIPPED: mounting needs root");
        try {
            tree.old("mounted/a");
            tree.old("b");

            var stayed = tree.run();
            assertThat(tree.left()).containsExactly("mounted/", "mounted/a");
            assertThat(stayed.mountsPassed()).isEqualTo(1);
            assertThat(stayed.end()).isEqualTo(Ending.DONE);

            tree.with("CROSS_MOUNTS", "true").run();
            assertThat(tree.left()).containsExactly("mounted/");
        } finally {
            assertThat(new ProcessBuilder("umount", mount.toString()).start().waitFor())
                    .isZero();
        }
    }

    /** A bind mount, as a second hostPath or a subPath is: the device is the same. */
    @Test
    void what_is_mounted_from_the_same_file_system_is_not_gone_into_either_nor_removed() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var precious = Files.writeString(elsewhere.resolve("precious"), "x");
        Tree.touch(precious, Tree.OLD);
        var mount = Files.createDirectory(tree.root.resolve("a place"));
        Tree.touch(elsewhere, Tree.OLD);
        var mounted = new ProcessBuilder("mount", "--bind", elsewhere.toString(), mount.toString()).start();
        Assumptions.assumeTrue(mounted.waitFor() == 0, "SKIPPED: mounting needs root");
        try {
            var summary = tree.with("REMOVE_EMPTY_DIRS", "true").run();

            assertThat(precious).exists();
            assertThat(summary.mountsPassed()).isEqualTo(1);
            assertThat(summary.end()).as(tree.complaints.toString()).isEqualTo(Ending.DONE);

            assertThat(tree.with("CROSS_MOUNTS", "true").run().end()).isEqualTo(Ending.DONE);
            assertThat(precious).doesNotExist();
        } finally {
            assertThat(new ProcessBuilder("umount", mount.toString()).start().waitFor())
                    .isZero();
        }
    }

    @Test
    void a_single_file_that_is_mounted_is_none_of_ours() throws Exception {
        var elsewhere = Files.writeString(folder.resolve("config"), "x");
        Tree.touch(elsewhere, Tree.OLD);
        var mount = tree.old("mounted.conf");
        var mounted = new ProcessBuilder("mount", "--bind", elsewhere.toString(), mount.toString()).start();
        Assumptions.assumeTrue(mounted.waitFor() == 0, "SKIPPED: mounting needs root");
        try {
            assertThat(tree.run().end()).as(tree.complaints.toString()).isEqualTo(Ending.DONE);
            assertThat(mount).exists();
        } finally {
            assertThat(new ProcessBuilder("umount", mount.toString()).start().waitFor())
                    .isZero();
        }
    }

    @Test
    void a_source_that_is_not_there_is_named() {
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> tree.with("SOURCE_DIR", "/no/such/folder").run())
                .withMessage("Source directory not found: /no/such/folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/etc",
                "/usr",
                "/usr/lib",
                "/var",
                "/home",
                "/proc/self",
                "/sys",
                "/dev",
                "/tmp/..",
                "/root"
            })
    void a_directory_of_the_system_is_refused(String path) {
        Assumptions.assumeTrue(Files.isDirectory(Path.of(path)));

        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() ->
                        tree.with("SOURCE_DIR", path).with("DRY_RUN", "true").run())
                .withMessageContaining("that is never cleaned up");
    }

    @Test
    void a_link_to_a_directory_of_the_system_is_refused_too() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));

        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> tree.with("SOURCE_DIR", link.toString())
                        .with("DRY_RUN", "true")
                        .run())
                .withMessageContaining("/etc");
    }
}
