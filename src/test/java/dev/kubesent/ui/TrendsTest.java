package dev.kubesent.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T23:59:59Z");

    @Test
    void each_day_counts_what_was_first_seen_in_it_by_how_it_stands() {
        var trends = Trends.of(
                List.of(
                        row("A", Phase.Healed, "2026-11-30T00:00:00Z"),
                        row("A", Phase.Healed, "2026-11-30T23:59:59Z"),
                        row("A", Phase.Verifying, "2026-11-30T12:00:00Z"),
                        row("B", Phase.Refused, "2026-11-29T23:59:59Z"),
                        row("B", Phase.NoAutomaticFix, "2026-11-28T23:59:59Z"),
                        row("B", Phase.Waiting, "2026-11-28T23:59:59Z"),
                        row("B", Phase.Closed, "2026-11-17T00:00:00Z"),
                        row("B", Phase.Closed, "2026-11-16T23:59:59Z")),
                NOW);

        assertThat(trends.days()).hasSize(Trends.DAYS);
        assertThat(trends.days().getFirst()).isEqualTo(new Trends.Day("2026-11-17", Map.of(Trends.End.CLOSED, 1L)));
        assertThat(trends.days().get(12)).isEqualTo(new Trends.Day("2026-11-29", Map.of(Trends.End.REFUSED, 1L)));
        assertThat(trends.days().get(11))
                .isEqualTo(new Trends.Day("2026-11-28", Map.of(Trends.End.MANUAL, 1L, Trends.End.OPEN, 1L)));
        assertThat(trends.days().getLast())
                .isEqualTo(new Trends.Day("2026-11-30", Map.of(Trends.End.HEALED, 2L, Trends.End.OPEN, 1L)));
        assertThat(trends.causes()).containsExactly(new Trends.Cause("B", 5, 0), new Trends.Cause("A", 3, 2));
    }

    @Test
    void rare_causes_are_counted_together() {
        var rows = IntStream.range(0, 13)
                .mapToObj(i -> row("CAUSE_%02d".formatted(i), Phase.Healed, "2026-11-30T00:00:00Z"))
                .toList();

        var causes = Trends.of(rows, NOW).causes();

        assertThat(causes).hasSize(Trends.CAUSES + 1);
        assertThat(causes.getLast()).isEqualTo(new Trends.Cause("3 other causes", 3, 3));
    }

    @Test
    void what_is_not_diagnosed_has_no_cause() {
        assertThat(Trends.of(List.of(row("", Phase.Opened, "2026-11-30T00:00:00Z")), NOW)
                        .causes())
                .containsExactly(new Trends.Cause("(not diagnosed yet)", 1, 0));
    }

    private static Row row(String cause, Phase phase, String seen) {
        var at = Instant.parse(seen);
        return new Row("demo", "a", "Deployment/web", "app", "OOMKilled", phase, cause, 90, at, at, false);
    }
}
