package dev.kubesent.scan.described;

import com.google.re2j.Pattern;
import dev.kubesent.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of a description, in the order of the text: the last is the newest. */
final class EventTable {

    /** Lines of one message: the output of a probe is printed as it is. */
    private static final int LINES = 20;

    /** What a terminal shows in front of the next command. */
    private static final Pattern PROMPT =
            Pattern.compile("^\\S{0,80}[$#>](?: .*)?$|^\\[.{0,80}][$#](?: .*)?$|.*\\b(?:kubectl|oc) [a-z].*|^```.*");

    private final List<EventRow> rows;

    private EventTable(List<EventRow> rows) {
        this.rows = rows;
    }

    static EventTable of(Sections sections) {
        var rows = new ArrayList<EventRow>();
        var more = 0;
        for (var line : sections.below(Sections.EVENTS)) {
            var row = EventRow.read(line);
            if (row.isPresent()) {
                rows.add(row.get());
                more = LINES;
            } else if (line.isBlank() || PROMPT.matcher(line).matches()) {
                more = 0;
            } else if (more > 0) {
                more--;
                rows.add(rows.removeLast().and(line.strip()));
            }
        }
        return new EventTable(rows.subList(Math.max(0, rows.size() - ForeignText.EVENTS), rows.size()));
    }

    List<EventRow> rows() {
        return rows;
    }

    boolean has(String reason) {
        return rows.stream().anyMatch(row -> row.reason().equals(reason));
    }

    Optional<EventRow> last(String reason) {
        return rows.stream().filter(row -> row.reason().equals(reason)).reduce((_, last) -> last);
    }

    /** A part of the messages, by its first group. */
    Optional<String> part(Pattern pattern) {
        return rows.stream()
                .map(row -> pattern.matcher(row.message()))
                .filter(com.google.re2j.Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }
}
