package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change that was made. An incident can see several: the first did not suffice, or somebody took it back.
 *
 * @param deed what sort of change it was
 * @param from the value, revision or pod before it
 * @param to the value or revision after it
 * @param at when it was made
 * @param made what was changed, as JSON without the rest of the object, so that it can be reverted
 * @param template the pod template that it made, and of which workload; empty if it made none, or if not all of its pods became healthy
 * @param undone when it was reverted; absent while it is in force
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActRecord(
        Deed deed,
        String from,
        String to,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        @Nullable String made,
        String template,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant undone) {

    public ActRecord {
        template = Objects.requireNonNullElse(template, "");
        deed = Objects.requireNonNullElse(deed, Deed.RAISE); // all that older versions did
    }

    /** @param uid of the workload @param fingerprint of its pod template */
    public static String template(String uid, String fingerprint) {
        return uid + "/" + fingerprint;
    }

    ActRecord withoutTemplate() {
        return new ActRecord(deed, from, to, at, made, "", undone);
    }

    ActRecord undone(Instant when) {
        return undone == null ? new ActRecord(deed, from, to, at, made, template, when) : this;
    }
}
