package dev.kubesent.scan.described;

import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state of a container: {@code State: Waiting} and what stands below it. */
final class StateReader {

    private static final Set<String> KEYS = Set.of("Reason", "Message", "Exit Code", "Signal", "Started", "Finished");

    private StateReader() {}

    /** @param said why it waits, which kubectl does not print */
    static Optional<ContainerState> read(String state, List<String> lines, String said, Times times) {
        var below = fields(lines);
        return switch (state) {
            case "Waiting" ->
                Optional.of(new ContainerStateBuilder()
                        .withNewWaiting(said.isEmpty() ? null : said, word(below, "Reason"))
                        .build());
            case "Running" ->
                Optional.of(new ContainerStateBuilder()
                        .withNewRunning(time(below, "Started", times))
                        .build());
            case "Terminated" -> Optional.of(terminated(below, times));
            default -> Optional.empty();
        };
    }

    /** Empty where it has none. */
    static String message(List<String> lines) {
        return fields(lines).getOrDefault("Message", "");
    }

    private static ContainerState terminated(Map<String, String> below, Times times) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withReason(word(below, "Reason"))
                .withMessage(below.get("Message"))
                .withExitCode(number(word(below, "Exit Code")))
                .withSignal(below.containsKey("Signal") ? number(word(below, "Signal")) : null)
                .withStartedAt(time(below, "Started", times))
                .withFinishedAt(time(below, "Finished", times))
                .endTerminated()
                .build();
    }

    private static @Nullable String time(Map<String, String> below, String key, Times times) {
        return times.moved(below.getOrDefault(key, "")).orElse(null);
    }

    /** Without what somebody has written behind it. */
    private static String word(Map<String, String> below, String key) {
        return first(below.getOrDefault(key, ""));
    }

    static String first(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    static Integer number(String text) {
        return text.length() < 10 && !text.isEmpty() && text.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(text)
                : 0;
    }

    /** A message may have several lines, which kubectl prints as they are. */
    private static Map<String, String> fields(List<String> lines) {
        var fields = new HashMap<String, String>();
        var last = "";
        for (var line : lines) {
            var key = FieldLine.key(line);
            if (KEYS.contains(key) && !fields.containsKey(key)) {
                last = key;
                fields.put(key, FieldLine.value(line));
            } else if (last.equals("Message")) {
                fields.merge(last, line.strip(), (above, below) -> ForeignText.message(above + "\n" + below));
            }
        }
        return fields;
    }
}
