package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The change that is about to be made. It is written before the first write.
 *
 * @param remedy the kind of change
 * @param target the object that is changed, as {@code Deployment/web}
 * @param record the whole change as JSON, from which another process can finish it; dropped when it is done
 * @param step the last point of no return that the work has passed; empty before the first
 * @param at when it was written
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record IntentRecord(
        String remedy,
        String target,
        @Nullable String record,
        String step,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}
