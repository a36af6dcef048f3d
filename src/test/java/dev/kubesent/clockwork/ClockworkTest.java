package dev.kubesent.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/clockwork.md is written from the code ({@code GOLDEN=write}), and what it says has to hold is asked here. */
class ClockworkTest {

    private static final Map<String, List<Relation>> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("Leases of incidents, and the work under them", Relations.LEASES);
        SECTIONS.put("Rounds, sweeps and repeats", Relations.ROUNDS);
        SECTIONS.put("What is counted over a time", Relations.COUNTS);
        SECTIONS.put("Before and after a change", Relations.CURES);
        SECTIONS.put("Connections, election, health", Relations.OTHERS);
    }

    private static List<Constant> constants;
    private static Map<String, Duration> values;

    @BeforeAll
    static void read() throws IOException {
        constants = Constant.all();
        values = constants.stream().collect(Collectors.toMap(Constant::name, Constant::value));
    }

    static Stream<Relation> relations() {
        return SECTIONS.values().stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("relations")
    void what_hangs_together_holds(Relation relation) {
        assertThat(relation.holds(values))
                .as("%s: %s", relation.words(values), relation.why())
                .isTrue();
    }

    @Test
    void there_are_as_many_as_there_were() {
        assertThat(constants).hasSizeGreaterThanOrEqualTo(90);
        assertThat(relations()).hasSizeGreaterThanOrEqualTo(35).doesNotHaveDuplicates();
    }

    @Test
    void each_says_what_it_is_for() {
        assertThat(constants).filteredOn(one -> one.why().isEmpty()).isEmpty();
    }

    @Test
    void a_relation_that_does_not_hold_is_seen() {
        var two = Map.of("a.B.C", Duration.ofMinutes(2), "a.B.D", Duration.ofSeconds(61));

        assertThat(new Relation("a.B.C", "<", "2 × a.B.D", "").holds(two)).isTrue();
        assertThat(new Relation("a.B.C + 2s", "<", "2 × a.B.D", "").holds(two)).isFalse();
        assertThat(new Relation("a.B.C + 2s", "≤", "2 × a.B.D", "").holds(two)).isTrue();
        assertThat(new Relation("a.B.D", "=", "a.B.C", "").holds(two)).isFalse();
    }

    @Test
    void the_page_is_what_the_code_says() throws IOException {
        Golden.assertMatches(Path.of("docs/clockwork.md"), page());
    }

    private static String page() {
        var page = new StringBuilder("""
                # The clockwork

                How long everything takes and lasts, and what hangs on what. It is written from the code by `ClockworkTest`
                (`GOLDEN=write ./mvnw test -Dtest=ClockworkTest`), which also asks whether what has to hold does: whoever makes a
                lease shorter, or a wait longer, is told what breaks. What a person can set is in [settings.md](settings.md).

                ## What has to hold
                """);
        SECTIONS.forEach((title, relations) -> {
            page.append("\n### ").append(title).append("\n\n| what | now | why |\n| --- | --- | --- |\n");
            relations.forEach(one -> page.append("| %s | %s |\n".formatted(one.words(values), one.why())));
        });
        page.append("\n## All of them\n\n| where | how long | what for |\n| --- | --- | --- |\n");
        constants.forEach(one ->
                page.append("| `%s` | %s | %s |\n".formatted(one.name(), Constant.shown(one.value()), one.why())));
        return page.toString();
    }
}
