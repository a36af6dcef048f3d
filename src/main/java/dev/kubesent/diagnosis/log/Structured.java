package dev.kubesent.diagnosis.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of JSON or logfmt.
 *
 * @param texts what is said: the message, then what it says of the error
 * @param trace of a stack, below the texts
 */
record Structured(Level level, List<String> texts, List<String> trace) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the loggers of this world name it; below any object. Message first: the others add to it. */
    private static final List<String> MESSAGES =
            List.of("message", "msg", "@m", "@mt", "event", "textpayload", "log", "short_message", "messagetemplate");

    private static final List<String> ERRORS = List.of(
            "error",
            "err",
            "exception",
            "reason",
            "cause",
            "detail",
            "details",
            "full_message",
            "errmsg",
            "error_message",
            "errormessage",
            "@x",
            "failure",
            "stderr",
            "output");

    private static final Set<String> TRACES = Set.of(
            "stack_trace", "stacktrace", "stack", "exc_info", "errorverbose", "traceback", "backtrace", "throwable");

    private static final Set<String> LEVELS =
            Set.of("level", "severity", "lvl", "log.level", "@l", "loglevel", "levelname", "s", "level_name");

    private static final int DEEPEST = 5;
    private static final int LONGEST_TRACE = 200;

    /** A key and its value, bare or quoted. */
    private static final Pattern PAIR = Pattern.compile(
            "(?:^|[\\s,])([A-Za-z_@][\\w.@/-]{0,60})=(\"(?:[^\"\\\\]|\\\\.){0,16000}+\"?|[^\\s\"]{0,2000})");

    Structured {
        texts = List.copyOf(texts);
        trace = List.copyOf(trace);
    }

    /** @param line without time and level; empty where it is an ordinary text */
    static Optional<Structured> of(String line) {
        return json(line).or(() -> logfmt(line));
    }

    private static Optional<Structured> json(String line) {
        var brace = line.indexOf('{');
        if (brace < 0 || !line.endsWith("}")) {
            return Optional.empty();
        }
        try {
            var tree = JSON.readTree(line.substring(brace));
            if (!tree.isObject()) {
                return Optional.empty();
            }
            var collected = new Collected();
            collected.add(tree, 0);
            return Optional.of(collected.with(line.substring(0, brace).strip()))
                    .filter(read -> !read.texts().isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a line that only looks like JSON is read as it is
        }
    }

    /** With a level or a message among its keys: {@code a=b} in a sentence is none. */
    private static Optional<Structured> logfmt(String line) {
        if (line.indexOf('=') < 0) {
            return Optional.empty();
        }
        var collected = new Collected();
        var pairs = PAIR.matcher(line);
        var start = -1;
        var isLogfmt = line.startsWith("\""); // klog's structured form: the message in quotes, then pairs
        while (pairs.find()) {
            start = start < 0 ? pairs.start() : start;
            var key = pairs.group(1).toLowerCase(Locale.ROOT);
            isLogfmt |= LEVELS.contains(key) || key.equals("msg") || key.equals("message");
            collected.add(key, unquoted(pairs.group(2)));
        }
        if (!isLogfmt || start < 0) {
            return Optional.empty();
        }
        return Optional.of(collected.with(unquoted(line.substring(0, start).strip())))
                .filter(read -> !read.texts().isEmpty());
    }

    private static String unquoted(String text) {
        var isQuoted = text.length() > 1 && text.startsWith("\"");
        return !isQuoted
                ? text
                : text.substring(1, text.endsWith("\"") ? text.length() - 1 : text.length())
                        .replace("\\\"", "\"")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t");
    }

    private static final class Collected {
        private final List<String> messages = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private final List<String> traces = new ArrayList<>();
        private Level level = Level.NONE;

        private void add(JsonNode object, int depth) {
            object.propertyStream().forEach(field -> {
                var key = field.getKey().toLowerCase(Locale.ROOT);
                var value = field.getValue();
                if (value.isValueNode()) {
                    add(key, value.asText());
                } else if (depth < DEEPEST) {
                    var isList = value.isArray();
                    (isList ? value.valueStream() : java.util.stream.Stream.of(value)).forEach(inner -> {
                        if (inner.isObject()) {
                            add(inner, depth + 1);
                        } else if (inner.isTextual()) {
                            add(key, inner.asText());
                        }
                    });
                }
            });
        }

        private void add(String key, String value) {
            var last = key.substring(key.lastIndexOf('.') + 1);
            if (LEVELS.contains(key)) {
                level = level == Level.NONE ? Level.of(value) : level;
            } else if (TRACES.contains(last)) {
                value.lines().limit(LONGEST_TRACE).forEach(traces::add);
            } else if (!value.isBlank() && value.length() > 1) {
                if (MESSAGES.contains(last)) {
                    messages.add(value);
                } else if (ERRORS.contains(last)) {
                    errors.add(value);
                }
            }
        }

        private Structured with(String before) {
            var texts = new ArrayList<String>();
            if (!before.isEmpty()) {
                texts.add(before);
            }
            texts.addAll(messages);
            texts.addAll(errors);
            return new Structured(
                    level,
                    texts.stream()
                            .flatMap(String::lines)
                            .filter(text -> !text.isBlank())
                            .distinct()
                            .toList(),
                    traces);
        }
    }
}
