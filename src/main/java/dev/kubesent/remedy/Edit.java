package dev.kubesent.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.gate.Permission;

/** One field of one container that is set anew. */
sealed interface Edit permits CorrectImage, AllowStart, AskThePort, AsSuggested {

    Permission permission();

    /** Whether the template has what it rests on: a policy may have given the pod more. @param container as the template has it */
    boolean fits(JsonNode container);

    /** Of the container, as a person reads it. */
    String field();

    /** Under which it stands in the container. */
    default String key() {
        return field();
    }

    /** As it is to be. @param container as the template has it */
    JsonNode value(JsonNode container);

    /** For a person. Empty where the field is not there. */
    String before(JsonNode container);

    /** For a person. */
    String after(JsonNode container);
}
