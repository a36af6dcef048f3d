package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of a change that was made. It is as version 0.1 wrote it, so that either reads what the other has begun; a kind that 0.1 does not
 * know has its own name.
 */
final class Kept {

    private static final String MADE = "made";
    private static final String REMEDY = "remedy";
    private static final String RAISE = "Raise";

    /**
     * What 0.1 called a kind.
     *
     * @param made its sort
     * @param remedy which of the four that raise memory; empty for all others
     * @param more what the record does not hold, and nobody asks of what was made
     */
    private record Name(Class<? extends Change> kind, String made, String remedy, Map<String, String> more) {

        private List<String> components() {
            return Stream.of(kind.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
        }
    }

    private static final List<Name> NAMES = List.of(
            new Name(TemplatePatch.class, RAISE, "TEMPLATE_PATCH", Map.of()),
            new Name(PodResize.class, RAISE, "POD_RESIZE", Map.of()),
            new Name(PodReplacement.class, RAISE, "POD_REPLACEMENT", Map.of()),
            new Name(JobPatch.class, RAISE, "JOB_PATCH", Map.of("mark", "")),
            new Name(TemplateRollback.class, "Rollback", "", Map.of()),
            new Name(
                    TemplateEdit.class,
                    "Edit",
                    "",
                    Map.of("permission", Permission.IMAGE.name(), "field", "", "before", "", "after", "")),
            new Name(PodEviction.class, "Eviction", "", Map.of("failure", "CrashLoopBackOff", "container", "")),
            new Name(TrafficPin.class, "Pin", "", Map.of()));

    private Kept() {}

    static String json(Change change) {
        ObjectNode record = KubernetesJson.tree(change).deepCopy();
        record.retain(change.keeps());
        return NAMES.stream()
                .filter(name -> name.kind().isInstance(change))
                .findFirst()
                .map(name -> named(record, name))
                .orElseGet(() -> record.put(REMEDY, change.remedy()))
                .toString();
    }

    private static ObjectNode named(ObjectNode record, Name name) {
        record.put(MADE, name.made());
        return name.remedy().isEmpty() ? record : record.put(REMEDY, name.remedy());
    }

    /** @throws IllegalArgumentException where it is no such record */
    static Change parse(String json) {
        try {
            var stored = KubernetesJson.parseJson(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            return KubernetesJson.as(stored instanceof ObjectNode object ? asNow(object) : stored, Change.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static ObjectNode asNow(ObjectNode stored) {
        return name(stored)
                .map(name -> {
                    ObjectNode now = stored.deepCopy();
                    now.retain(name.components());
                    name.more().forEach(now::put);
                    return now.put(REMEDY, name.kind().getSimpleName());
                })
                .orElse(stored);
    }

    /** Before there was anything else, all that was made was a raise, and said so nowhere. */
    private static Optional<Name> name(ObjectNode stored) {
        var made = stored.path(MADE).asText(RAISE);
        var remedy = stored.path(REMEDY).asText();
        return NAMES.stream()
                .filter(name -> name.made().equals(made) && name.remedy().equals(remedy))
                .findFirst();
    }
}
