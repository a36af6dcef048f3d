package dev.kubesent.remedy.edit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.diagnosis.Action;

/** One field of one container that is set anew. */
public sealed interface Edit permits CorrectImage, AllowStart, AskThePort, AsSuggested {

    static Edit of(Action.OfOneField action) {
        return switch (action) {
            case Action.CorrectImage(var image) -> new CorrectImage(image);
            case Action.AllowStart(var allow) -> new AllowStart(allow);
            case Action.AskThePort _ -> new AskThePort();
            case Action.SetField(var suggestion) -> new AsSuggested(suggestion);
        };
    }

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

    /** Only what changes of it, for a strategic merge patch, which keeps whatever it does not name. @param container as the template has it */
    default JsonNode merged(JsonNode container) {
        return value(container);
    }

    /** For a person. Empty where the field is not there. */
    String before(JsonNode container);

    /** For a person. */
    String after(JsonNode container);
}
