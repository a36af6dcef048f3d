package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the workload has to live for the last change to count as a cure.
 *
 * @param seconds how many seconds every container has to run and be ready, without a restart
 * @param since when the change was made, or reverted; null before
 * @param until until when the workload has to become healthy; after that the change counts as failed
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
