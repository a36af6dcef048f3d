package dev.kubesent.function;

import java.util.List;
import java.util.Optional;

/** @param audience of tokens; empty where anybody may send @param subjects that may */
record Senders(Optional<String> audience, List<String> subjects) {

    static Senders read(Settings.Reader reader) {
        return new Senders(
                reader.value(Setting.SENDER_AUDIENCE, "an audience", Senders::audience),
                reader.value(Setting.SENDERS, "subjects, comma-separated", Settings::list));
    }

    private static Optional<String> audience(String value) {
        return value.isBlank() || value.equals("none") ? Optional.empty() : Optional.of(value.strip());
    }
}
