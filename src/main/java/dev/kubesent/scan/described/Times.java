package dev.kubesent.scan.described;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times of one description, moved so that it was made now. kubectl prints some as dates and the events' as ages, and not when it printed them; a
 * container that failed a minute before has not "recovered" because the text is read a year later.
 *
 * @param ahead by how much a time is moved
 */
record Times(Instant now, Duration ahead) {

    /** How long ago something is taken to be whose time kubectl does not print: longer than anything is waited for. */
    private static final Duration LONG = Duration.ofHours(1);

    /** The day of the week is not believed: in manuals it is wrong. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    static Times of(Sections sections, EventTable events, Instant now) {
        var started = date(sections.value("Start Time", ""));
        // No event of a pod is older than its start but that it was scheduled, a second before.
        var byEvent = started.flatMap(at -> events.rows().stream()
                .flatMap(row -> row.firstSeen().stream())
                .max(Comparator.naturalOrder())
                .map(at::plus));
        var printed = Stream.of(Sections.INIT_CONTAINERS, Sections.CONTAINERS)
                .flatMap(key -> sections.below(key).stream())
                .filter(line -> List.of("Started", "Finished").contains(FieldLine.key(line)))
                .flatMap(line -> date(FieldLine.value(line)).stream());
        var made = Stream.of(started.stream(), byEvent.stream(), printed)
                .flatMap(times -> times)
                .max(Comparator.naturalOrder());
        return new Times(now, made.map(at -> Duration.between(at, now)).orElse(Duration.ZERO));
    }

    /** Of a time that nothing tells. */
    String longAgo() {
        return now.minus(LONG).toString();
    }

    /** Empty where it is no date, or that of a container that never ran. */
    Optional<String> moved(String printed) {
        return date(printed).map(at -> at.plus(ahead).toString());
    }

    private static Optional<Instant> date(String printed) {
        int comma = printed.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(printed.substring(comma + 1).strip(), DATE)
                            .toInstant())
                    .filter(at -> at.isAfter(Instant.EPOCH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
