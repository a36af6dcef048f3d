package dev.kubesent.ui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;

/** A person decides. @param word empty where nothing can be changed */
record Decisions(Board board, Optional<Word> word) {

    private static final String YES =
            "You approved it. KubeSent makes the change as soon as it looks at the incident, and watches whether it"
                    + " helps.";
    private static final String NO =
            "You rejected it. No change is made for this incident; a new revision is judged again. To take it back:"
                    + " kubesent approve NAME -n NAMESPACE";

    private record Done(String said) {}

    /** @param body as {@code {"fingerprint": "..."}}: of the change that the person saw */
    Answer approve(String namespace, String name, byte[] body) {
        return decided(namespace, name, (word, incident) -> {
            var seen = text(body, "fingerprint");
            // Asked before the API server is: a person approves what the page shows, and nothing that came in between.
            if (!Yes.canBeSaid(incident)) {
                return Answer.problem(409, "No proposal waits for an approval. The page shows how it stands now.");
            }
            if (!seen.equals(Yes.fingerprint(incident))) {
                return Answer.problem(409, "The proposal has changed since you saw it. Read it, and approve that one.");
            }
            if (incident.getSpec().approved()) {
                word.say(namespace, name, Yes.takenBack());
            }
            word.say(namespace, name, Yes.to(seen));
            return Answer.json(new Done(YES));
        });
    }

    /** @param body as {@code {"because": "..."}} */
    Answer reject(String namespace, String name, byte[] body) {
        return decided(namespace, name, (word, incident) -> {
            var because = Shown.line(text(body, "because").strip());
            if (because.isEmpty() || because.length() > No.LONGEST) {
                return Answer.problem(
                        400,
                        "A rejection needs a reason, of at most %d characters: others read it.".formatted(No.LONGEST));
            }
            if (!No.canBeSaid(incident)) {
                return Answer.problem(409, "There is nothing to reject. The page shows how it stands now.");
            }
            word.say(namespace, name, No.because(incident, because));
            return Answer.json(new Done(NO));
        });
    }

    private Answer decided(String namespace, String name, BiFunction<Word, Incident, Answer> decision) {
        if (word.isEmpty()) {
            return Answer.problem(
                    403,
                    "Nothing can be decided here: these are samples in memory. On a cluster of yours: java -jar"
                            + " kubesent.jar ui");
        }
        var incident = board.incident(namespace, name);
        if (incident.isEmpty()) {
            return Answer.problem(
                    404, "There is no incident '%s' in namespace %s any more.".formatted(name, namespace));
        }
        try {
            return decision.apply(word.get(), incident.get());
        } catch (ClusterException e) {
            return Unread.refused(e, namespace);
        } finally {
            board.forget();
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
