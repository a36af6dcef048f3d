package dev.kubesent.sender;

import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import java.time.Clock;
import java.util.Optional;

/** Looks at a request's headers before anybody looks at its body. */
public final class Doorkeeper {

    /**
     * The names in the headers are the sender's word: without tokens, somebody in the cluster can use up another pod's share.
     *
     * <p>Events a second, for ever and at once. The real adapter sends one event of a namespace
     * after the other, at 5 to 13 ms each; a pod has a write of its status every few seconds. So whoever is stopped here is hardly it.
     */
    private static final int POD = 10;

    private static final int POD_BURST = 50;
    static final int NAMESPACE = 100;
    static final int NAMESPACE_BURST = 500;

    private final Optional<TokenCheck> tokens;
    private final RateLimit pods;
    private final RateLimit namespaces;
    private final RateLimit questions;

    /** For the doctor, which costs tenths of a second each; another KubeSent asks four at a time. */
    private static final int QUESTIONS = 5;

    private static final int QUESTION_BURST = 20;

    /** @param tokens empty where anybody may send */
    public Doorkeeper(Optional<TokenCheck> tokens, Clock clock) {
        this.tokens = tokens;
        this.pods = new RateLimit(POD_BURST, POD, clock);
        this.questions = new RateLimit(QUESTION_BURST, QUESTIONS, clock);
        this.namespaces = new RateLimit(NAMESPACE_BURST, NAMESPACE, clock);
    }

    /** Why it is not let in; empty where it is. @param path which function is asked */
    public Optional<Problem> whyNot(String path, Request request) {
        return tokens.flatMap(check -> check.whyNot(request)).or(() -> tooMany(path, request));
    }

    /** By the names in the headers. An event in structured mode has none there: all of those share one namespace's limit. */
    private Optional<Problem> tooMany(String path, Request request) {
        if (path.equals("/diagnose") || path.equals("/analyze")) {
            return questions.admits("")
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            Problem.Kind.TOO_MANY_EVENTS, "more than %d questions a second".formatted(QUESTIONS)));
        }
        // A flood of events must not stop the sweep, which finds what they told of.
        var isEvent = path.equals("/") || path.equals("/heal");
        var namespace = isEvent ? request.header("ce-namespace") : path;
        var name = isEvent ? request.header("ce-name") : "";
        if ((name.isEmpty() || pods.admits(namespace + "/" + name)) && namespaces.admits(namespace)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Problem.Kind.TOO_MANY_EVENTS,
                "more than %d events a second of one pod, or %d of one namespace".formatted(POD, NAMESPACE)));
    }
}
