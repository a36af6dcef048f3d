package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cleanup.PlainFiles.Left;
import dev.kubesent.testing.MovingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way deletes what the JDK's way does, and leaves to it what it cannot tell apart. */
class PlainFilesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T15:00:00Z");

    private static final FileTime OLD = FileTime.from(NOW.minus(Duration.ofDays(31)));

    private static final List<String> LETTERS = List.of("a", "Z", "0", ".", "-", "ä", "€", "😀");

    @TempDir
    private Path temporary;

    private Path source;
    private final Tally tally = new Tally();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    @BeforeEach
    void plant() throws IOException {
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
        assertThat(SystemCalls.areHere()).as("on Linux").isTrue();
    }

    @Test
    void old_files_go_and_all_else_is_left() throws IOException {
        old("old.log");
        Files.createFile(source.resolve("young.log"));
        Files.createDirectory(source.resolve("folder"));
        Files.createSymbolicLink(source.resolve("link"), source.resolve("young.log"));
        Files.createSymbolicLink(source.resolve("broken"), source.resolve("nothing"));

        assertThat(walk()).isEqualTo(Left.NOTHING);

        assertThat(left()).containsExactlyInAnyOrder("young.log", "folder", "link", "broken");
        assertThat(others).containsExactlyInAnyOrder("folder", "link", "broken");
        assertThat(tally.seen.sum()).isEqualTo(2);
        assertThat(tally.deleted.sum()).isOne();
        assertThat(tally.bytes.sum()).isEqualTo(3);
    }

    @Test
    void to_the_nanosecond_as_old_as_that_is_not_yet_old() throws IOException {
        var cutoff = NOW.minus(Duration.ofDays(30)).plusNanos(5);
        for (int nanos = -1; nanos <= 1; nanos++) {
            Files.setLastModifiedTime(old("at" + nanos), FileTime.from(cutoff.plusNanos(nanos)));
        }

        var _ = walk(new Age(cutoff));

        assertThat(left()).containsExactlyInAnyOrder("at0", "at1");
    }

    @Test
    void another_directory_under_its_path_is_not_touched() throws IOException {
        old("old.log");
        try (var handle = SourceDirectory.open(source, new SystemDirectories(MountTable.read()))) {
            var folder = Folder.source(handle, source);
            Files.move(source, source.resolveSibling("elsewhere"));
            Files.createDirectory(source);
            old("precious.log");

            assertThat(walk(folder, new Age(NOW))).isEqualTo(Left.EVERYTHING);
            Files.move(source, source.resolveSibling("away"));
            Files.createSymbolicLink(source, source.resolveSibling("elsewhere"));
            assertThat(walk(folder, new Age(NOW))).as("a link to itself").isEqualTo(Left.EVERYTHING);
        }
        assertThat(source.resolveSibling("away/precious.log")).exists();
    }

    /** The kernel calls it an error to list what is gone; another process that takes an empty directory away is none. */
    @Test
    void a_directory_that_is_removed_while_it_is_listed_is_at_its_end() throws IOException {
        Files.createDirectory(source.resolve("folder"));
        try (var handle = SourceDirectory.open(source, new SystemDirectories(MountTable.read()))) {
            var left = walk(Folder.source(handle, source), Age.of(30, NOW), name -> {
                delete(source.resolve(name));
                delete(source);
            });

            assertThat(left).isEqualTo(Left.NOTHING);
        }
        assertThat(complaints).isEmpty();
        assertThat(tally.failed.sum()).isZero();
    }

    /** The clock and the counters are asked once for some files: none of them is missed, and the limit holds soon. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9})
    void a_run_that_is_stopped_within_a_folder_has_counted_what_it_did(int seconds) throws IOException {
        for (int number = 0; number < 1000; number++) {
            old("n" + number);
        }
        var settings =
                Map.of("SOURCE_DIR", source.toString(), "DAYS_OLD", "30", "MAX_SECONDS", String.valueOf(seconds));

        var summary =
                new Cleanup(CleanupSettings.read(settings::get), clockOfOneSecondEachTime(), complaints::add).run();

        assertThat(summary.end()).isEqualTo(Ending.LIMIT);
        assertThat(summary.seen()).isEqualTo(summary.deleted()).isEqualTo(1000 - left().size());
        assertThat(summary.bytes()).isEqualTo(3 * summary.deleted());
        assertThat(summary.deleted()).isLessThan(64L * (seconds + 1));
    }

    /** Names of 1 to 250 bytes, of one to four bytes a letter; what an entry has left behind is in the room of the next. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_the_names_are_both_ways_together_delete_all_that_is_old_and_nothing_else(long seed)
            throws IOException {
        var random = new Random(seed);
        var expected = new ArrayList<String>();
        int planted = 0;
        for (int number = 0; number < 600; number++) {
            var name = new StringBuilder("n" + number);
            var letters = random.nextInt(60) * (random.nextInt(4) == 0 ? 1 : 0) + random.nextInt(30);
            var kinds = random.nextInt(3) == 0 ? LETTERS.size() : 5;
            for (int letter = 0; letter < letters; letter++) {
                name.append(LETTERS.get(random.nextInt(kinds)));
            }
            var path = old(name.toString());
            planted++;
            if (random.nextBoolean()) {
                Files.setLastModifiedTime(path, FileTime.from(NOW));
                expected.add(path.getFileName().toString());
            }
        }
        var settings = new HashMap<>(Map.of("SOURCE_DIR", source.toString(), "DAYS_OLD", "30"));

        var summary = new Cleanup(
                        CleanupSettings.read(settings::get), Clock.fixed(NOW, ZoneOffset.UTC), complaints::add)
                .run();

        assertThat(left()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(summary.seen()).isEqualTo(planted);
        assertThat(summary.deleted()).isEqualTo(planted - expected.size());
        assertThat(summary.bytes()).isEqualTo(3 * summary.deleted());
        assertThat(complaints).isEmpty();
    }

    private Path old(String name) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(source.resolve(name), "old"), OLD);
    }

    private Left walk() throws IOException {
        return walk(Age.of(30, NOW));
    }

    private Left walk(Age age) throws IOException {
        try (var handle = SourceDirectory.open(source, new SystemDirectories(MountTable.read()))) {
            return walk(Folder.source(handle, source), age);
        }
    }

    private Left walk(Folder folder, Age age) {
        return walk(folder, age, name -> others.add(name.toString()));
    }

    private Left walk(Folder folder, Age age, Consumer<Path> others) {
        var settings = Map.of("SOURCE_DIR", source.toString(), "DAYS_OLD", "30");
        var brake = new Brake(OptionalLong.empty(), Optional.empty(), Clock.systemUTC());
        var files = new FileJudge(
                CleanupSettings.read(settings::get), age, brake, tally, new Complaints(tally, complaints::add));
        return new PlainFiles(files, brake).walk(folder, others);
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Clock clockOfOneSecondEachTime() {
        var clock = new MovingClock(NOW);
        return new Clock() {
            @Override
            public Instant instant() {
                clock.forward(Duration.ofSeconds(1));
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("nobody here needs a zone");
            }
        };
    }

    private List<String> left() throws IOException {
        try (var all = Files.list(source)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
