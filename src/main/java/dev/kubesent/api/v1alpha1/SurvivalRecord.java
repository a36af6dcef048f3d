package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the workload has to live for the last change to count as a cure.
 *
 * @param seconds that every container has to have been running and ready, without a restart
 * @param since when the change was made, or taken back; null before
 * @param until when it counts as failed if it has not come up by then
 * @param before what failed in other containers of the pod when the first change was made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SurvivalRecord(
        long seconds,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant since,

        @Nullable @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant until,

        List<Fault> before) {

    public SurvivalRecord {
        before = before == null ? List.of() : List.copyOf(before);
    }
}
