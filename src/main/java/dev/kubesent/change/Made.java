package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A change that was made, as it is kept: what is needed to watch it and to take it back, and nothing of the object's own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "made", defaultImpl = MadeRaise.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = MadeRaise.class, name = "Raise"),
    @JsonSubTypes.Type(value = MadeRollback.class, name = "Rollback"),
    @JsonSubTypes.Type(value = MadeEdit.class, name = "Edit"),
    @JsonSubTypes.Type(value = MadeEviction.class, name = "Eviction"),
    @JsonSubTypes.Type(value = MadePin.class, name = "Pin")
})
public sealed interface Made permits MadeRaise, MadeRollback, MadeEdit, MadeEviction, MadePin {

    /** As it was then; a pod that was replaced is gone. */
    ObjectRef target();

    static Made of(Change change) {
        return switch (change) {
            case MemoryChange raise -> MadeRaise.of(raise);
            case TemplateRollback rollback -> MadeRollback.of(rollback);
            case TemplateEdit edit -> MadeEdit.of(edit);
            case PodEviction eviction -> MadeEviction.of(eviction);
            case TrafficPin pin -> MadePin.of(pin);
        };
    }

    /** What {@code KubernetesJson.json} wrote. @throws IllegalArgumentException where it is no such record */
    static Made parse(String json) {
        try {
            return KubernetesJson.parseJson(json.getBytes(StandardCharsets.UTF_8), Made.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
