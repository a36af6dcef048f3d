package dev.kubesent.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many incidents there were, of those that still exist: finished ones are deleted after {@code KUBESENT_RETENTION}.
 *
 * @param days the last {@link #DAYS}, in UTC, oldest first: by when an incident was first seen
 * @param causes the most frequent, most frequent first; the rest together
 */
record Trends(List<Day> days, List<Cause> causes) {

    static final int DAYS = 14;

    static final int CAUSES = 10;

    /** How an incident stands, roughly. */
    enum End {
        HEALED,
        OPEN,
        PROPOSED,
        MANUAL,
        REFUSED,
        FAILED,
        CLOSED
    }

    /** @param date as {@code 2026-11-30} */
    record Day(String date, Map<End, Long> counts) {}

    record Cause(String cause, long count, long healed) {}

    static Trends of(List<Row> rows, Instant now) {
        var today = day(now);
        var days = Stream.iterate(today.minusDays(DAYS - 1L), day -> !day.isAfter(today), day -> day.plusDays(1))
                .map(day -> new Day(day.toString(), counts(rows, day)))
                .toList();
        return new Trends(days, causes(rows));
    }

    private static Map<End, Long> counts(List<Row> rows, LocalDate day) {
        return rows.stream()
                .filter(row -> day(row.seen()).equals(day))
                .collect(Collectors.groupingBy(Row::end, () -> new EnumMap<>(End.class), Collectors.counting()));
    }

    private static List<Cause> causes(List<Row> rows) {
        var all =
                rows.stream()
                        .collect(Collectors.groupingBy(row -> row.causeOr("(not diagnosed yet)")))
                        .entrySet()
                        .stream()
                        .map(one -> cause(one.getKey(), one.getValue()))
                        .sorted(Comparator.comparingLong(Cause::count)
                                .reversed()
                                .thenComparing(Cause::cause))
                        .toList();
        var rest = all.stream().skip(CAUSES).toList();
        return rest.isEmpty()
                ? all
                : Stream.concat(all.stream().limit(CAUSES), Stream.of(together(rest)))
                        .toList();
    }

    private static Cause cause(String name, List<Row> rows) {
        return new Cause(
                name,
                rows.size(),
                rows.stream().filter(row -> row.end() == End.HEALED).count());
    }

    private static Cause together(List<Cause> rest) {
        return new Cause(
                rest.size() + " other causes",
                rest.stream().mapToLong(Cause::count).sum(),
                rest.stream().mapToLong(Cause::healed).sum());
    }

    private static LocalDate day(Instant when) {
        return LocalDate.ofInstant(when, ZoneOffset.UTC);
    }
}
