package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.text.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of a log as a person reads them: of JSON the message and the stack trace, of stack traces what they end in. */
record LogLines(List<Line> lines) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> MESSAGES =
            List.of("message", "msg", "log", "error", "err", "exception", "error.message");
    private static final List<String> TRACES =
            List.of("stack_trace", "stacktrace", "stack", "error.stack_trace", "exc_info");
    private static final List<String> LEVELS = List.of("level", "severity", "lvl", "log.level", "@l");

    /** What speaks of something that went wrong. */
    static final Pattern TELLING = Pattern.compile(
            "(?i)error|exception|err!|\\b(warn(ing)?|fatal|panic|panicked|fail(ed|s|ure|ing)?|cannot|can't|could"
                    + " not|couldn't|unable|denied|refused|reject(ed)?|invalid|illegal|missing|lost|broken?|stopped|abort(ed|ing)?|violat(ed|ion)|corrupt(ed)?|unsupported|unexpected|giving"
                    + " up|gave up|timed out|exceeded|not (set|found|allowed|permitted|valid|reached)|no such)\\b");

    /** A line of a stack trace tells where, not what. */
    private static final Pattern FRAME =
            Pattern.compile("^\\s+(at |File \"|\\.\\.\\. \\d+ (more|common))|^\\s+\\S+\\.(go|rs|c|cpp):\\d+"
                    + "|^goroutine \\d+|^\\[signal |^\\s+from .*:\\d+:in |^#\\d+ "
                    // What wraps a program that has ended, and knows no more.
                    + "|A fatal exception has occurred\\. Program will exit|^npm (ERR!|error) |^error Command failed"
                    + " with exit code|^exit status \\d+$|^make(\\[\\d+])?: \\*\\*\\* ");

    private static final Pattern ROOT = Pattern.compile("^\\s*(Caused by|Root cause|\\[cause\\]|---> ?)[: ]");

    /** What is no failure where it is said, even if it speaks of one. */
    /** Also pino's and bunyan's numbers. */
    private static final Set<String> CALM_LEVELS = Set.of("info", "debug", "trace", "information", "10", "20", "30");

    private static final int LONGEST_TRACE = 200;

    private static final Pattern LOUD =
            Pattern.compile("(?i)\\b(error|fatal|warn(ing)?|crit(ical)?|panic|severe|emerg|alert)\\b|^[EFW]\\d{4} ");

    private static final Pattern CALM =
            Pattern.compile("(^|[\\s\\[|(=\"])(INFO|DEBUG|TRACE|info|debug|trace)([\\s\\]|):,\"]|$)|^I\\d{4} ");

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
        var root = root(texts);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            if (!FRAME.matcher(Effort.counted(text.text())).find()) {
                lines.add(new Line(i, text.text(), text.text().toLowerCase(Locale.ROOT), i == root, text.isCalm()));
            }
        }
        return new LogLines(lines);
    }

    /** The last of all, unless something went wrong after it: then it is of an error that was overcome. */
    private static int root(List<Text> texts) {
        for (int i = texts.size() - 1; i >= 0; i--) {
            var text = texts.get(i);
            if (ROOT.matcher(Effort.counted(text.text())).find()) {
                return i;
            }
            if (!text.isCalm()
                    && !FRAME.matcher(Effort.counted(text.text())).find()
                    && TELLING.matcher(Effort.counted(text.text())).find()) {
                return -1;
            }
        }
        return -1;
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
                var prefix = line.substring(0, brace);
                var json = JSON.readTree(line.substring(brace));
                var read = texts(json, isCalm(prefix)).toList();
                if (!read.isEmpty()) {
                    return Stream.concat(Stream.of(new Text(prefix, isCalm(prefix))), read.stream());
                }
            } catch (JsonProcessingException e) {
                // A line that only looks like JSON is read as it is.
            }
        }
        return Stream.of(new Text(line, isCalm(line)));
    }

    /** By the level at the head of the line. One that is louder wins: "FATAL: no debug socket". */
    private static boolean isCalm(String line) {
        var head = line.substring(0, Math.min(line.length(), 60));
        return CALM.matcher(head).find() && !LOUD.matcher(head).find();
    }

    private static Stream<Text> texts(JsonNode json, boolean prefixIsCalm) {
        var level = LEVELS.stream()
                .map(json::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
        var isCalm = prefixIsCalm || CALM_LEVELS.contains(level.toLowerCase(Locale.ROOT));
        return Stream.concat(
                        MESSAGES.stream()
                                .map(json::path)
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText),
                        first(json, TRACES).lines().limit(LONGEST_TRACE))
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
}
