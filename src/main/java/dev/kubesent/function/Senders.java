package dev.kubesent.function;

import dev.kubesent.function.http.Entrance;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** @param audience of tokens; empty where anybody may send @param subjects that may @param paths they may send to */
record Senders(Optional<String> audience, List<String> subjects, Set<String> paths) {

    static Senders read(SettingReader reader) {
        return new Senders(
                reader.value(Setting.SENDER_AUDIENCE, "an audience", Senders::audience),
                reader.value(Setting.SENDERS, "subjects, comma-separated", SettingReader::list),
                reader.value(Setting.PATHS, "of sweep and diagnose, comma-separated, or none", Senders::paths));
    }

    private static Set<String> paths(String value) {
        var paths = new HashSet<>(Entrance.EVENTS);
        for (var name : value.equals("none") ? List.<String>of() : SettingReader.list(value)) {
            paths.addAll(
                    switch (name) {
                        case "sweep" -> Set.of("/sweep");
                        case "diagnose" -> Set.of("/diagnose", "/analyze");
                        default -> throw new IllegalArgumentException(name);
                    });
        }
        return Set.copyOf(paths);
    }

    private static Optional<String> audience(String value) {
        return value.isBlank() || value.equals("none") ? Optional.empty() : Optional.of(value.strip());
    }
}
