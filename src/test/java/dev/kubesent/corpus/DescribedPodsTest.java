package dev.kubesent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What {@code explain} says of the output of {@code kubectl describe pod} as people paste it into reports. The truth of each was written before the
 * first run, whose figures stand in docs/evidence/describe.md; here they may not get worse.
 */
class DescribedPodsTest {

    private static final Path ALL = Path.of("src/test/resources/describe");

    private static final int LEAST = 30;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void descriptions_of_public_reports_are_judged_as_they_were() {
        var judged = cases().stream().map(DescribedPodsTest::judge).toList();

        assertThat(judged).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(judged).filteredOn(one -> one.verdict() == Verdict.WRONG).isEmpty();
        Golden.assertMatches(ALL.resolve("SCORE.txt"), text(judged));
    }

    private static String text(List<Verdict.Judged> judged) {
        var counts = Arrays.stream(Verdict.values())
                .map(verdict -> "%-9s %3d of which whole %3d"
                        .formatted(verdict, Corpus.count(judged, verdict), Corpus.count(whole(judged), verdict)))
                .collect(Collectors.joining("\n"));
        return judged.stream().map(Object::toString).map(String::stripTrailing).collect(Collectors.joining("\n"))
                + "\n\n" + counts + "\n";
    }

    private static List<Verdict.Judged> whole(List<Verdict.Judged> judged) {
        return judged.stream()
                .filter(one -> one.report().kind().equals("whole"))
                .toList();
    }

    private static List<Path> cases() {
        try (var folders = Files.list(ALL)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verdict.Judged judge(Path folder) {
        try {
            var text = folder.resolve("describe.txt");
            var report = new Report(
                    folder.getFileName().toString(),
                    JSON.createObjectNode().put("text", Files.readString(text)),
                    JSON.readTree(folder.resolve("check.json").toFile()));
            return Explained.judge(report, List.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
