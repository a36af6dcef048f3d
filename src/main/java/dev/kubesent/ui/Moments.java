package dev.kubesent.ui;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The timeline of an incident, out of its story. */
final class Moments {

    /** As many as a picture can show; of more, the first and the last. */
    static final int MOST = 12;

    private Moments() {}

    static List<Moment> of(IncidentStatus status) {
        var moments = new ArrayList<Moment>();
        for (var line : status.story()) {
            told(line).filter(moment -> isNew(moments, moment)).ifPresent(moments::add);
        }
        var more = moments.size() - MOST;
        if (more > 0) {
            moments.subList(1, 1 + more).clear();
        }
        return List.copyOf(moments);
    }

    /** What is told again and again, such as a refusal, is one moment. */
    private static boolean isNew(List<Moment> before, Moment moment) {
        return before.isEmpty() || before.getLast().stage() != moment.stage();
    }

    /** A line of the story is a time, a space and a sentence; one that is none was not written by KubeSent. */
    private static Optional<Moment> told(String line) {
        var space = line.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        try {
            var at = Instant.parse(line.substring(0, space));
            var sentence = line.substring(space + 1);
            return Moment.Stage.of(sentence).map(stage -> new Moment(stage, at, Shown.line(sentence)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** When something last happened to it. */
    static Instant last(IncidentStatus status, Instant seen) {
        return Stream.concat(
                        Stream.of(
                                seen,
                                status.seen() == null ? null : status.seen().last(),
                                status.verdict() == null
                                        ? null
                                        : status.verdict().at(),
                                status.outcome() == null
                                        ? null
                                        : status.outcome().at()),
                        status.acts().stream().map(ActRecord::at))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(seen);
    }
}
