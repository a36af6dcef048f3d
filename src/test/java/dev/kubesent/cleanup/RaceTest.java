package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else works in the same directory at the same time, and not always with good intent. */
class RaceTest {

    private static final Path NAME = Path.of("victim");

    @TempDir
    private Path folder;

    private Tree tree;
    private Path outside;
    private Path precious;

    @BeforeEach
    void plant() throws IOException {
        tree = new Tree(Files.createDirectory(folder.resolve("source")));
        outside = Files.createDirectory(folder.resolve("outside"));
        precious = Files.writeString(outside.resolve("precious"), "x");
        Tree.touch(precious, Tree.OLD);
    }

    @Test
    void a_directory_that_became_a_link_before_it_was_opened_is_not_opened() throws IOException {
        Files.createDirectory(tree.root.resolve(NAME));
        var source = Folder.source(open(tree), tree.root);
        var looked = source.look(NAME);

        Files.delete(tree.root.resolve(NAME));
        Files.createSymbolicLink(tree.root.resolve(NAME), outside);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.child(NAME, looked, false));
        source.release();
    }

    /** The JDK alone would wait for ever for somebody who writes into the pipe, and close the file twice. */
    @ParameterizedTest
    @ValueSource(strings = {"mkfifo %s", "touch %s", "mkdir %s"})
    void a_directory_that_became_something_else_before_it_was_opened_is_not_opened(String made) throws Exception {
        Files.createDirectory(tree.root.resolve(NAME));
        var source = Folder.source(open(tree), tree.root);
        var looked = source.look(NAME);

        Files.move(tree.root.resolve(NAME), tree.root.resolve("moved"));
        new ProcessBuilder("sh", "-c", made.formatted(tree.root.resolve(NAME)))
                .start()
                .waitFor();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.child(NAME, looked, false));
        source.release();
    }

    @Test
    void a_directory_that_became_a_link_after_it_was_opened_is_still_itself() throws IOException {
        tree.old("victim/precious");
        var source = Folder.source(open(tree), tree.root);
        var victim = source.child(NAME, source.look(NAME), false);

        Files.move(tree.root.resolve(NAME), tree.root.resolve("moved"));
        Files.createSymbolicLink(tree.root.resolve(NAME), outside);
        victim.delete(Path.of("precious"));

        assertThat(precious).exists();
        assertThat(tree.root.resolve("moved/precious")).doesNotExist();
        victim.release();
        source.release();
    }

    @Test
    void a_file_that_vanished_since_it_was_looked_at_is_no_failure() throws IOException {
        tree.old("victim");
        var source = Folder.source(open(tree), tree.root);
        var tally = new Tally();
        var judge = judge(tally);
        var attributes = source.look(NAME);

        Files.delete(tree.root.resolve(NAME));
        judge.judge(source, NAME, attributes);

        assertThat(tally.vanished.sum()).isEqualTo(1);
        assertThat(tally.deleted.sum()).isZero();
        assertThat(tally.failed.sum()).isZero();
        source.release();
    }

    /** With the first file that is looked at, somebody writes into all the others: the directory is open and listed by then. */
    @Test
    void a_file_that_is_touched_after_its_directory_was_opened_stays() throws IOException {
        for (int i = 0; i < 5; i++) {
            tree.old("logs/" + i);
        }
        var first = new AtomicReference<Path>();
        var plain = tree.settings();
        var settings = new CleanupSettings(
                plain.source(),
                plain.daysOld(),
                name -> {
                    if (first.compareAndSet(null, name)) {
                        touchAllBut(name);
                    }
                    return true;
                },
                plain.effect(),
                plain.emptyDirectories(),
                plain.mounts(),
                plain.shard(),
                plain.most(),
                plain.longest());

        var summary = new Cleanup(settings, Clock.fixed(Tree.NOW, ZoneOffset.UTC), tree.complaints::add).run();

        assertThat(summary.deleted()).isEqualTo(1);
        assertThat(tree.left()).hasSize(5).doesNotContain("logs/" + first.get());
    }

    private void touchAllBut(Path name) {
        for (int i = 0; i < 5; i++) {
            if (!name.toString().equals(String.valueOf(i))) {
                tree.young("logs/" + i);
            }
        }
    }

    @Test
    void a_file_put_into_an_emptied_directory_keeps_it() throws IOException {
        var source = Folder.source(open(tree), tree.root);
        var tally = new Tally();
        tree.young("victim/just-written");
        var victim = source.child(NAME, source.look(NAME), false);

        judge(tally).removeIfEmpty(source, victim);

        assertThat(tree.left()).containsExactly("victim/", "victim/just-written");
        assertThat(tally.directoriesRemoved.sum()).isZero();
        assertThat(tally.failed.sum()).isZero();
        victim.release();
        source.release();
    }

    @Test
    void a_directory_made_in_the_place_of_the_emptied_one_stays() throws IOException {
        Files.createDirectory(tree.root.resolve(NAME));
        var source = Folder.source(open(tree), tree.root);
        var tally = new Tally();
        var victim = source.child(NAME, source.look(NAME), false);

        Files.move(tree.root.resolve(NAME), tree.root.resolve("moved"));
        Files.createDirectory(tree.root.resolve(NAME));
        judge(tally).removeIfEmpty(source, victim);

        assertThat(tree.left()).containsExactly("moved/", "victim/");
        assertThat(tally.vanished.sum()).isEqualTo(1);
        victim.release();
        source.release();
    }

    /** For as long as it takes to clean up 60 times, one name is a directory, a link out, a file and nothing in turn. */
    @Test
    void whatever_is_exchanged_meanwhile_nothing_outside_is_ever_deleted() {
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attacker = threads.submit(() -> exchange(over));
            try {
                for (int round = 0; round < 60; round++) {
                    IntStream.range(0, 20).forEach(i -> tree.old("f" + i % 5 + "/" + i));
                    var summary = tree.with("REMOVE_EMPTY_DIRS", "true").run();
                    assertThat(summary.end()).as(tree.complaints.toString()).isEqualTo(Ending.DONE);
                    assertThat(precious).exists();
                    assertThat(outside).exists();
                }
            } finally {
                over.set(true); // else what failed would never be told
            }
            assertThat(attacker).succeedsWithin(java.time.Duration.ofSeconds(10));
        }
    }

    private Integer exchange(AtomicBoolean over) throws Exception {
        var name = tree.root.resolve("swapped");
        int turns = 0;
        while (!over.get()) {
            var link = Files.createSymbolicLink(folder.resolve("link"), outside);
            Files.move(link, name, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(name);
            Files.createDirectory(name);
            Files.deleteIfExists(name);
            Tree.touch(Files.writeString(folder.resolve("file"), "x"), Tree.OLD);
            Files.move(folder.resolve("file"), name, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(name);
            Files.createDirectory(name);
            new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                    .start()
                    .waitFor();
            Files.delete(name);
            Files.move(folder.resolve("pipe"), name, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(name);
            turns++;
        }
        return turns;
    }

    private static SecureDirectoryStream<Path> open(Tree tree) throws IOException {
        return SourceDirectory.open(tree.root, new SystemDirectories(MountTable.read()));
    }

    private FileJudge judge(Tally tally) {
        return new FileJudge(
                tree.settings(),
                Age.of(5, Tree.NOW),
                new Brake(OptionalLong.empty(), Optional.empty(), Clock.systemUTC()),
                tally,
                new Complaints(tally, tree.complaints::add));
    }
}
