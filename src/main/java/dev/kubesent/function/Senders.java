package dev.kubesent.function;

import dev.kubesent.function.Setting.Given;
import dev.kubesent.function.http.Entrance;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** @param audience of tokens; empty where anybody may send @param subjects that may @param paths they may send to */
record Senders(Optional<String> audience, List<String> subjects, Set<String> paths) {

    static final Setting<Set<String>> PATHS = new Setting<>(
            "PATHS",
            "sweep,diagnose",
            new Form<>("of sweep and diagnose, comma-separated, or none", Senders::paths),
            "What is served beside `/` and `/heal`: `sweep` and `diagnose` (also as `/analyze`),"
                    + " comma-separated, or `none`. Leave out what you do not need.");

    static final Setting<Optional<String>> SENDER_AUDIENCE = new Setting<>(
            "SENDER_AUDIENCE",
            "none",
            new Form<>("an audience", Senders::audience),
            "Senders need a token of this cluster for this audience (`sink.audience` of the source); `none`: anybody"
                    + " may send.");

    static final Setting<List<String>> SENDERS = new Setting<>(
            "SENDERS",
            "system:serviceaccount:kubesent:kubesent-oidc-sources.knative.dev-apiserversource,"
                    + "system:serviceaccount:kubesent:kubesent-sweep-oidc-sources.knative.dev-pingsource,"
                    + "system:serviceaccount:kubesent:kubesent-oidc-eventing.knative.dev-trigger",
            Form.list("subjects"),
            "Subjects of tokens that may send, if an audience is set. The default is Knative's names for"
                    + " knative/'s sources and Trigger.");

    static Senders read(Given given) {
        return new Senders(SENDER_AUDIENCE.of(given), SENDERS.of(given), PATHS.of(given));
    }

    private static Set<String> paths(String value) {
        var paths = new HashSet<>(Entrance.EVENTS);
        for (var name : value.equals("none") ? List.<String>of() : Form.words(value)) {
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
