package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.IncidentStatus;
import java.util.function.UnaryOperator;

/**
 * One entry of an incident's record: the next status, and the sentence of its story.
 *
 * @param step from the status as it is when the entry is written; where somebody else has written meanwhile, it is applied anew
 */
public record Entry(UnaryOperator<IncidentStatus> step, String sentence) {

    /** A sentence, and nothing else changes. */
    public static Entry of(String sentence) {
        return new Entry(status -> status, sentence);
    }
}
