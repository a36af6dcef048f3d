package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.PatchOperation.Put;
import dev.kubesent.cluster.PatchOperation.Remove;
import dev.kubesent.cluster.PatchOperation.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Raises of memory that were made one after the other, to one object or its successors. @param made oldest first, at least one */
public record Raises(List<MemoryChange> made) {

    private static final String LIMIT = "/resources/limits/memory";

    public Raises {
        made = List.copyOf(made);
    }

    /** Those among them. */
    public static Raises of(List<? extends Change> made) {
        return new Raises(made.stream()
                .flatMap(change -> change instanceof MemoryChange raise ? Stream.of(raise) : Stream.empty())
                .toList());
    }

    /** What puts them back: from what there is now to what there was at first. */
    public MemoryRaise back() {
        var last = made.getLast().raise();
        var before = limitBefore().orElseGet(() -> made.getFirst().raise().from());
        return new MemoryRaise(last.container(), last.to(), before, last.request());
    }

    /** The limit that the first target itself had; empty where it had none, or none was changed. */
    private Optional<Memory> limitBefore() {
        return made.getFirst().operations().stream()
                .flatMap(o -> o instanceof Test(var path, var value) && path.endsWith(LIMIT)
                        ? Stream.of(Memory.parse(value.asText()))
                        : Stream.empty())
                .findFirst();
    }

    /**
     * The patch that puts back what all of these changed, and is refused whole where anybody has changed any of it since.
     *
     * @param uid of the live object
     */
    public List<PatchOperation> patchBack(String uid) {
        var pinned = new ArrayList<PatchOperation>();
        pinned.add(new Test("/metadata/uid", TextNode.valueOf(uid)));
        made.getLast().operations().stream()
                .filter(operation -> operation instanceof Test && isContainersName(operation.path()))
                .forEach(pinned::add);
        var fields = new LinkedHashMap<String, Field>();
        made.forEach(raise -> note(raise.operations(), fields));
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

    private static void note(List<PatchOperation> operations, Map<String, Field> fields) {
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
                            new Field(before(operations, path).orElse(null), value),
                            (first, next) -> new Field(first.before(), next.after()));
                }
            }
        }
    }

    /** A field that was there was pinned before it was changed. */
    private static Optional<JsonNode> before(List<PatchOperation> operations, String path) {
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
