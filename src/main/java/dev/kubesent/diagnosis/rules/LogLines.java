package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines of a log as a person reads them: of JSON the message and the stack trace, of stack traces what they end in. */
record LogLines(List<Line> lines) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> MESSAGES =
            List.of("message", "msg", "log", "error", "err", "exception", "error.message");
    private static final List<String> TRACES =
            List.of("stack_trace", "stacktrace", "stack", "error.stack_trace", "exc_info");
    private static final List<String> LEVELS = List.of("level", "severity", "lvl", "log.level", "@l");

    /** A line of a stack trace tells where, not what. */
    private static final Pattern FRAME = Pattern.compile(
            "^\\s+(at |File \"|\\.\\.\\. \\d+ (more|common))|^\\s+\\S+\\.(go|rs|c|cpp):\\d+|^goroutine \\d+|^\\s+from .*:\\d+:in |^#\\d+ ");

    private static final Pattern ROOT = Pattern.compile("^\\s*(Caused by|Root cause|\\[cause\\]|---> ?)[: ]");

    /** What is no failure where it is said, even if it speaks of one. */
    private static final Pattern CALM =
            Pattern.compile("(^|[\\s\\[|(=\"])(INFO|DEBUG|TRACE|info|debug|trace)([\\s\\]|):,\"]|$)");

    /** @param number counted from 0 @param text without what a JSON log wraps it in @param isRoot the innermost cause of a stack trace */
    record Line(int number, String text, String lowerCase, boolean isRoot, boolean isCalm) {}

    LogLines {
        lines = List.copyOf(lines);
    }

    static LogLines of(List<String> log) {
        var texts = log.stream()
                .flatMap(LogLines::read)
                .filter(text -> !text.text().isBlank())
                .toList();
        var root = IntStream.range(0, texts.size())
                .filter(i -> ROOT.matcher(texts.get(i).text()).find())
                .reduce((_, last) -> last)
                .orElse(-1);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            if (!FRAME.matcher(text.text()).find()) {
                lines.add(new Line(i, text.text(), text.text().toLowerCase(Locale.ROOT), i == root, text.isCalm()));
            }
        }
        return new LogLines(lines);
    }

    private record Text(String text, boolean isCalm) {

        /** Characters: a line that is longer has said it by then, and expressions stay cheap. */
        private static final int LONGEST = 2000;

        Text {
            text = text.substring(0, Math.min(LONGEST, text.length()));
        }
    }

    private static Stream<Text> read(String line) {
        var brace = line.indexOf('{');
        if (brace >= 0 && line.endsWith("}")) {
            try {
                var json = JSON.readTree(line.substring(brace));
                var read = texts(json).toList();
                if (!read.isEmpty()) {
                    return read.stream();
                }
            } catch (JsonProcessingException e) {
                // A line that only looks like JSON is read as it is.
            }
        }
        return Stream.of(new Text(line, CALM.matcher(head(line)).find()));
    }

    private static Stream<Text> texts(JsonNode json) {
        var isCalm = first(json, LEVELS).toLowerCase(Locale.ROOT).matches("info|debug|trace|information");
        return Stream.concat(
                        MESSAGES.stream()
                                .map(name -> json.path(name))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText),
                        first(json, TRACES).lines())
                .map(text -> new Text(text, isCalm));
    }

    private static String first(JsonNode json, List<String> names) {
        return names.stream()
                .map(json::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    /** Where a level stands. */
    private static String head(String line) {
        return line.substring(0, Math.min(line.length(), 60));
    }
}
