package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an incident is found by, besides its workload and phase. A field selector knows only equal and not equal, so that a time has to
 * be a span of time. Computed from the status each time it is written, and never read back.
 */
public interface Facets {

    /** What fails is seen at least every 5 minutes: one or two of these hold all that was seen within the last 6. */
    Duration SEEN_SPAN = Duration.ofMinutes(20);

    /** A budget is for an hour: one or two of these hold all that was changed within it. */
    Duration CHANGED_SPAN = Duration.ofHours(1);

    Phase phase();

    @Nullable
    Seen seen();

    @Nullable
    IntentRecord intent();

    @Nullable
    OpinionRecord opinion();

    @Nullable
    VerdictRecord verdict();

    List<ActRecord> acts();

    /** The span of time in which it was last seen, by its begin; empty where never. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    default String seenIn() {
        var seen = seen();
        return seen == null || seen.last() == null ? "" : begin(seen.last(), SEEN_SPAN);
    }

    /** The hour of its last change, made or about to be made, by its begin; empty where nothing was changed. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    default String changedIn() {
        return changes()
                .max(Comparator.naturalOrder())
                .map(last -> begin(last, CHANGED_SPAN))
                .orElse("");
    }

    /** Why it is to be looked at again, though its phase does not say so; null where it is not. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    default @Nullable WaitsFor waitsFor() {
        if (phase().isUndecided()) {
            return asksAgain();
        }
        return phase() == Phase.Failed && isUnreadable() ? WaitsFor.VERSION : null;
    }

    /** When something was changed, and is about to be. */
    default Stream<Instant> changes() {
        var intent = intent();
        var about = phase() == Phase.Acting && intent != null ? Stream.of(intent.at()) : Stream.<Instant>empty();
        return Stream.concat(acts().stream().map(ActRecord::at), about);
    }

    private boolean isUnreadable() {
        var intent = intent();
        return intent != null && intent.record() != null && !intent.step().isEmpty();
    }

    private @Nullable WaitsFor asksAgain() {
        var opinion = opinion();
        var verdict = verdict();
        if (verdict != null && verdict.again() != null) {
            return WaitsFor.TIME;
        }
        return opinion != null && opinion.deferredUntil() != null ? WaitsFor.MODEL : null;
    }

    /** The spans that reach into the time since then. @param since at most one span ago */
    static List<String> spans(Instant since, Instant now, Duration span) {
        return Stream.of(begin(now, span), begin(since, span)).distinct().toList();
    }

    private static String begin(Instant time, Duration span) {
        var second = time.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, span.toSeconds()))
                .toString();
    }
}
