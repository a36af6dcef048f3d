package dev.kubesent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kubesent.redaction.Legible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text for a terminal, a Markdown page or a program. Nothing of somebody else's program moves a cursor, or becomes markup. */
public final class Rendering {

    /** Above what rights a command needs, in its help and in docs/commands.md. */
    public static final String RIGHTS = "%nRights:%n";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Rendering() {}

    public static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line of somebody else's program is no markup. */
    public static String cell(String text) {
        return Legible.line(text).replaceAll("([\\\\|<>`*_\\[\\]])", "\\\\$1");
    }

    static String markdown(List<String> head, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(row(head));
        lines.add("|" + " --- |".repeat(head.size()));
        rows.forEach(row -> lines.add(row(row.stream().map(Rendering::cell).toList())));
        return String.join("\n", lines);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Columns as wide as what is in them. */
    static String table(List<String> head, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(head);
        rows.forEach(row -> all.add(row.stream().map(Legible::line).toList()));
        var widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> padded(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String padded(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /** What is written as Markdown elsewhere, for a terminal. */
    static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\[\\]]*+)]\\([^()]*+\\)", "$1").replace("`", "");
    }
}
