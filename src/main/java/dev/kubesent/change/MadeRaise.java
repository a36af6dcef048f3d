package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.PatchOperation.Remove;
import dev.kubesent.cluster.PatchOperation.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A raise of memory that was made.
 *
 * @param remedy that made it
 * @param target as it was then; a pod that was replaced is gone
 * @param template a fingerprint of the pod template that it made; empty where there is none
 * @param run the name of a Job that was made of it within the act; empty where none was
 */
public record MadeRaise(
        Remedy remedy,
        ObjectRef target,
        MemoryRaise raise,
        List<PatchOperation> operations,
        String template,
        String run)
        implements Made {

    private static final String LIMIT = "/resources/limits/memory";

    public MadeRaise {
        operations = List.copyOf(operations);
        template = Objects.requireNonNullElse(template, "");
        run = Objects.requireNonNullElse(run, ""); // of an older version
    }

    /** The limit that the target itself had before; empty where it had none, or none was changed. */
    public Optional<Memory> limitBefore() {
        return operations.stream()
                .flatMap(o -> o instanceof Test(var path, var value) && path.endsWith(LIMIT)
                        ? Stream.of(Memory.parse(value.asText()))
                        : Stream.empty())
                .findFirst();
    }

    public enum Remedy {
        TEMPLATE_PATCH,
        POD_RESIZE,
        POD_REPLACEMENT,
        JOB_PATCH
    }

    static MadeRaise of(MemoryChange change) {
        var remedy = switch (change) {
            case TemplatePatch _ -> Remedy.TEMPLATE_PATCH;
            case PodResize _ -> Remedy.POD_RESIZE;
            case PodReplacement _ -> Remedy.POD_REPLACEMENT;
            case JobPatch _ -> Remedy.JOB_PATCH;
        };
        var template = switch (change) {
            case TemplatePatch patch -> patch.template();
            case PodResize _, PodReplacement _, JobPatch _ -> "";
        };
        var run = switch (change) {
            case TemplatePatch patch -> patch.run();
            case PodResize _, PodReplacement _, JobPatch _ -> "";
        };
        return new MadeRaise(remedy, change.target(), change.raise(), change.operations(), template, run);
    }

    /**
     * The patch that puts back what all of these changed, and is refused whole where anybody has changed any of it since.
     *
     * @param all made one after the other, oldest first, to one object or its successors
     * @param uid of the live object
     */
    public static List<PatchOperation> takingBack(List<MadeRaise> all, String uid) {
        var pinned = new ArrayList<PatchOperation>();
        pinned.add(new Test("/metadata/uid", TextNode.valueOf(uid)));
        all.getLast().operations().stream()
                .filter(operation -> operation instanceof Test && isContainersName(operation.path()))
                .forEach(pinned::add);
        var fields = new LinkedHashMap<String, Field>();
        all.forEach(made -> made.note(fields));
        fields.forEach((path, field) -> {
            pinned.add(new Test(path, field.after()));
            pinned.add(field.before() == null ? new Remove(path) : new Put(path, field.before()));
        });
        return List.copyOf(pinned);
    }

    /** Says which container it is; that of a Revision is changed itself. */
    private static boolean isContainersName(String path) {
        return path.endsWith("/name") && !path.equals(NextRevisionName.PATH);
    }

    /** @param before null where the field was not there */
    private record Field(@Nullable JsonNode before, JsonNode after) {}

    private void note(Map<String, Field> fields) {
        for (var operation : operations) {
            if (operation instanceof Put(var path, var value)) {
                var parent = fields.keySet().stream()
                        .filter(known -> path.startsWith(known + "/"))
                        .findFirst();
                if (parent.isPresent()) {
                    var inside = path.substring(parent.get().length());
                    fields.computeIfPresent(
                            parent.get(), (_, f) -> new Field(f.before(), with(f.after(), inside, value)));
                } else {
                    fields.merge(
                            path,
                            new Field(before(path).orElse(null), value),
                            (first, next) -> new Field(first.before(), next.after()));
                }
            }
        }
    }

    /** A field that was there was pinned before it was changed. */
    private Optional<JsonNode> before(String path) {
        return operations.stream()
                .flatMap(o ->
                        o instanceof Test(var at, var value) && at.equals(path) ? Optional.of(value).stream() : null)
                .findFirst();
    }

    private static JsonNode with(JsonNode object, String pointer, JsonNode value) {
        ObjectNode next = object.deepCopy();
        var slash = pointer.lastIndexOf('/');
        var inner = slash == 0 ? next : (ObjectNode) next.at(pointer.substring(0, slash));
        inner.set(pointer.substring(slash + 1), value);
        return next;
    }
}
