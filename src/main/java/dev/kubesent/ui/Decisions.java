package dev.kubesent.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.incident.Incident;
import java.io.IOException;
import java.util.Optional;

/** A person decides. @param word empty where nothing can be changed */
record Decisions(Board board, Optional<Word> word) {

    private record Done(String said) {}

    /** @param body as {@code {"fingerprint": "..."}}: of the change that the person saw */
    Answer approve(String namespace, String name, byte[] body) {
        if (word.isEmpty()) {
            return Answer.problem(
                    403,
                    "Nothing can be approved here: these are samples in memory. On a cluster of yours: java -jar"
                            + " kubesent.jar ui");
        }
        var incident = board.incident(namespace, name);
        if (incident.isEmpty()) {
            return Answer.problem(
                    404, "There is no incident '%s' in namespace %s any more.".formatted(name, namespace));
        }
        var seen = text(body, "fingerprint");
        return whyNot(incident.get(), seen).orElseGet(() -> say(word.get(), namespace, name, seen));
    }

    /** Asked before the API server is: a person approves what the page shows, and nothing that came in between. */
    private static Optional<Answer> whyNot(Incident incident, String seen) {
        if (!Yes.isAskedFor(incident)) {
            return Optional.of(
                    Answer.problem(409, "Nothing is proposed that waits for a yes. The page shows how it stands now."));
        }
        return seen.equals(Yes.fingerprint(incident))
                ? Optional.empty()
                : Optional.of(Answer.problem(
                        409, "Another change is proposed by now than the one you saw. Read it, and approve that one."));
    }

    private Answer say(Word word, String namespace, String name, String fingerprint) {
        try {
            word.say(namespace, name, Yes.to(fingerprint));
            board.forget();
            return Answer.json(
                    new Done("You said yes. KubeSent makes the change as soon as it looks at the incident, and watches"
                            + " whether it helps."));
        } catch (ClusterException e) {
            return Unread.refused(e, namespace);
        }
    }

    private static String text(byte[] body, String field) {
        try {
            return KubernetesJson.parseJson(body, JsonNode.class).path(field).asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
