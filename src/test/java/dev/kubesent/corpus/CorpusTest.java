package dev.kubesent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Public reports that nobody of this project wrote, and what KubeSent says of them today. Each round was run once before anything was learnt
 * from it: that first contact is what counts, and stands in docs/evidence/causes.md; here it only may not get worse.
 */
class CorpusTest {

    /** Reports; the corpus only grows. */
    private static final int LEAST = 340;

    /** Percent. */
    private static final int RIGHT = 75;

    private static final List<Verdict.Judged> JUDGED =
            rounds().flatMap(round -> Corpus.judge(round).stream()).toList();

    private static Stream<Path> rounds() {
        try (var folders = Files.list(Report.ALL)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void public_reports_are_judged_as_they_were() {
        var text = new StringBuilder();
        rounds().forEach(round ->
                text.append("%s%n%s%n".formatted(round.getFileName(), Corpus.summary(Corpus.judge(round)))));
        text.append("all%n%s".formatted(Corpus.summary(JUDGED)));

        Golden.assertMatches(Report.ALL.resolve("SCORE.txt"), text.toString());
    }

    @Test
    void of_all_most_are_right() {
        assertThat(JUDGED).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(100 * Corpus.count(JUDGED, Verdict.RIGHT) / JUDGED.size()).isGreaterThanOrEqualTo(RIGHT);
    }

    @Test
    void of_the_open_corpus_nothing_that_is_said_is_untrue() {
        assertThat(Corpus.judge(Report.ALL.resolve("open")))
                .filteredOn(one -> one.verdict() == Verdict.WRONG)
                .isEmpty();
    }

    /** From 90 on the gate may act. */
    @Test
    void of_what_is_surest_nothing_is_untrue() {
        assertThat(JUDGED)
                .filteredOn(one -> one.confidence() >= 90)
                .hasSizeGreaterThanOrEqualTo(30)
                .noneMatch(one -> one.verdict() == Verdict.WRONG);
    }
}
