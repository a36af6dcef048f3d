package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a failure was seen.
 *
 * @param first when it was first seen
 * @param since since when it fails without a pause; absent if an older version wrote this
 * @param last when it was last seen
 * @param times how often it was seen, counted at most once a minute
 * @param pod the pod that it was last seen in
 * @param restarts restarts of the container when it was last seen
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Seen(
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant first,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant since,

        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant last,
        int times,
        String pod,
        int restarts) {

    /** The longest pause of the kubelet's back-off is five minutes; so is that of the sweep. */
    private static final Duration GOES_ON_WITHIN = Duration.ofMinutes(10);

    static Seen first(Instant now, String pod, int restarts) {
        return new Seen(now, now, now, 1, pod, restarts);
    }

    Seen again(Instant now, String nextPod, int nextRestarts) {
        var goesOn = !last.plus(GOES_ON_WITHIN).isBefore(now);
        return new Seen(first, goesOn ? begun() : now, now, times + 1, nextPod, nextRestarts);
    }

    /** An incident may be opened again after months: since when it fails now. */
    public Instant begun() {
        return Objects.requireNonNullElse(since, first);
    }

    /** Once more, or for the first time. @param before null for that */
    public static Seen after(@Nullable Seen before, String pod, int restarts, Instant now) {
        return before == null ? first(now, pod, restarts) : before.again(now, pod, restarts);
    }
}
