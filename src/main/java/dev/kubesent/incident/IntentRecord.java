package dev.kubesent.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.KubernetesJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The change that is about to be made. It is written before the first write.
 *
 * @param remedy the kind of change
 * @param target the object that is changed, as {@code Deployment/web}
 * @param record the whole change as JSON, from which another process can finish it; dropped when it is done
 * @param step the last point of no return that was reached; empty before the first
 * @param at when it was written
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record IntentRecord(
        String remedy,
        String target,
        @Nullable String record,
        String step,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {

    /** Nothing of it is begun yet. */
    public static IntentRecord of(Change change, Instant at) {
        return new IntentRecord(change.remedy(), change.target().display(), KubernetesJson.json(change), "", at);
    }
}
