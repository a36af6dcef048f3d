package dev.kubesent.sender;

import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a request's headers before anybody looks at its body. */
public final class Doorkeeper {

    /** A flood of events must not stop the sweep, which finds what they told of: it has its own. */
    private static final int OTHERS = 100;

    private static final int OTHERS_BURST = 500;

    private final Optional<TokenCheck> tokens;
    private final RateLimit others;
    private final RateLimit questions;

    /** For the doctor, which costs tenths of a second each; another KubeSent asks four at a time. */
    private static final int QUESTIONS = 5;

    private static final int QUESTION_BURST = 20;

    /** @param tokens empty where anybody may send */
    public Doorkeeper(Optional<TokenCheck> tokens, Clock clock) {
        this.tokens = tokens;
        this.questions = new RateLimit(QUESTION_BURST, QUESTIONS, clock);
        this.others = new RateLimit(OTHERS_BURST, OTHERS, clock);
    }

    /** Why it is not let in; empty where it is. @param path which function is asked */
    public Optional<Problem> whyNot(String path, Request request) {
        return whyNot(path, () -> request);
    }

    /** The same. @param request made where somebody has to look at its headers: not where anybody may send */
    public Optional<Problem> whyNot(String path, Supplier<Request> request) {
        var no = tokens.isEmpty() ? Optional.<Problem>empty() : tokens.get().whyNot(request.get());
        return no.isPresent() ? no : tooMany(path);
    }

    /**
     * What events may cost is asked where their bytes have been looked at ({@link EventRate}): most tell of nothing new, and to see that costs
     * no more than to refuse them.
     */
    private Optional<Problem> tooMany(String path) {
        if (path.equals("/diagnose") || path.equals("/analyze")) {
            return questions.admits("") ? Optional.empty() : tooMany(QUESTIONS, "questions a second");
        }
        if (!path.equals("/") && !path.equals("/heal")) {
            return others.admits(path) ? Optional.empty() : tooMany(OTHERS, "requests a second at " + path);
        }
        return Optional.empty();
    }

    private static Optional<Problem> tooMany(int most, String what) {
        return Optional.of(new Problem(Problem.Kind.TOO_MANY_EVENTS, "more than %d %s".formatted(most, what)));
    }
}
