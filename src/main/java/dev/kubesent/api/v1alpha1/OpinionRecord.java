package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.redaction.Legible;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model said: asked once for an incident, and kept. Control characters in it are escaped: a patch has lines, all else is one.
 *
 * @param source which model, and what others had answered before it; empty if none answered
 * @param cause a constant of {@code Cause}
 * @param rootCause the cause in the model's own words
 * @param score how sure the model says it is, from 0 to 100
 * @param fix a patch of the pod template, as the model wrote it
 * @param evidence the lines that it quotes
 * @param dropped what its patch would change beyond what KubeSent may change
 * @param note what became of it: followed, or discarded and why
 * @param at when it was asked
 * @param deferredUntil when the model is asked again; absent if it has answered, or is not asked again
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OpinionRecord(
        String source,
        String cause,
        int score,
        String rootCause,
        String fix,
        List<String> evidence,
        List<String> dropped,
        String note,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant at,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant deferredUntil) {

    public OpinionRecord {
        source = Legible.line(Objects.requireNonNullElse(source, ""));
        cause = Legible.line(Objects.requireNonNullElse(cause, ""));
        rootCause = Legible.line(Objects.requireNonNullElse(rootCause, ""));
        fix = Legible.block(Objects.requireNonNullElse(fix, ""));
        evidence = Legible.lines(evidence);
        dropped = Legible.lines(dropped);
        note = Legible.line(Objects.requireNonNullElse(note, ""));
    }

    /** Nobody has said anything. @param deferredUntil null where it is not asked again */
    public static OpinionRecord none(String note, Instant at, @Nullable Instant deferredUntil) {
        return new OpinionRecord("", "", 0, "", "", List.of(), List.of(), note, at, deferredUntil);
    }

    /** The same, and nobody is asked any more. */
    public OpinionRecord closed() {
        return new OpinionRecord(source, cause, score, rootCause, fix, evidence, dropped, note, at, null);
    }

    /** Whether it is time to ask again. */
    public boolean isDue(Instant now) {
        return deferredUntil != null && !deferredUntil.isAfter(now);
    }
}
