package dev.kubesent.diagnosis.model;

import java.time.Instant;
import java.util.List;

/** What came of asking. */
public sealed interface Opinion {

    /** @param source which model answered @param before why others did not, in the order they were asked */
    record Given(ModelAnswer answer, String source, List<String> before) implements Opinion {
        public Given {
            before = List.copyOf(before);
        }
    }

    /** Out of quota or budget: to be asked again then. */
    record Deferred(Instant until, String why) implements Opinion {}

    /** Nobody could say anything, and asking again at once would not help. @param late whether the deadline ended it */
    record None(String why, Ended ended) implements Opinion {}

    enum Ended {
        /** No model is set up. */
        NOT_SET_UP,
        /** The key or the request is wrong. */
        REFUSED,
        /** None gave a usable answer. */
        UNUSABLE,
        /** The deadline was over. */
        TOO_LATE
    }
}
