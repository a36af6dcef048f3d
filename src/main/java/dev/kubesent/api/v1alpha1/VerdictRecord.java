package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kubesent.redaction.Legible;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the gate decided.
 *
 * @param decision {@code Approved}, or the phase that it led to; {@code Waiting} also while a change is watched
 * @param reasons every reason against the change; of an approved change, those that the approval set aside
 * @param change the exact change, as a diff
 * @param patch the same as YAML, to put into Git; empty if there is no change
 * @param fingerprint the fingerprint of the exact change, for an approval; empty if there is no change
 * @param at when it was decided
 * @param since when this change was first proposed: an approval before that was for another change
 * @param again when KubeSent judges it again, if that is soon
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VerdictRecord(
        String decision,
        List<String> reasons,
        String change,
        String patch,
        String fingerprint,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant since,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant again) {

    private static final Pattern CODE = Pattern.compile("(?<![A-Z_])([A-Z][A-Z_]*+):");

    public VerdictRecord {
        reasons = Legible.lines(reasons);
        change = Legible.block(Objects.requireNonNullElse(change, ""));
        patch = Legible.block(Objects.requireNonNullElse(patch, ""));
        fingerprint = Objects.requireNonNullElse(fingerprint, "");
    }

    /**
     * The constants of {@link RefusalReason} among the reasons, each once: for what counts and alerts, which cannot read sentences
     * (docs/decisions/0087). Made of the reasons, and never read back.
     */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public List<String> codes() {
        return reasons.stream()
                .map(CODE::matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** Whether everything stays as it is for now. */
    @JsonIgnore
    public boolean isWaiting() {
        return decision.equals(Phase.Waiting.name());
    }

    public boolean isDue(Instant now) {
        return again != null && !again.isAfter(now);
    }
}
