package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives a container more memory. */
public sealed interface MemoryChange extends Change permits TemplatePatch, PodResize, PodReplacement, JobPatch {

    MemoryRaise raise();

    /** What goes with it, for a person. */
    default List<String> besides() {
        return List.of();
    }

    /** Of a Knative Service that names its Revisions itself; empty for all others. */
    default Optional<String> revisionName() {
        return Fragment.puts(operations())
                .filter(put -> NextRevisionName.isNameOf(target(), put.path()))
                .map(put -> put.value().asText())
                .findFirst();
    }

    @Override
    default Set<String> keeps() {
        return Set.of("target", "raise", "operations");
    }

    @Override
    default Deed deed() {
        return Deed.RAISE;
    }

    @Override
    @JsonIgnore
    default Permission permission() {
        return Permission.MEMORY;
    }

    @Override
    default String container() {
        return raise().container();
    }

    @Override
    default Optional<MemoryRaise> memory() {
        return Optional.of(raise());
    }

    @Override
    default boolean boundsItself() {
        return true;
    }

    @Override
    default boolean maySet(String path, Set<String> fields) {
        return FieldPath.isWithin(path, fields) || NextRevisionName.isNameOf(target(), path);
    }

    @Override
    default Grace grace() {
        return Grace.NONE;
    }

    @Override
    default NodeNeed nodeNeed() {
        return NodeNeed.READY;
    }

    @Override
    default ObjectNode fields() {
        return Fragment.of(this);
    }

    /** Every amount that the patch sets is the one of the raise. */
    @Override
    default Optional<String> whyNotOurs() {
        return Fragment.puts(operations()).allMatch(put -> isRevisionName(put) || isOfTheRaise(put))
                ? Optional.empty()
                : Optional.of("its patch sets something else than " + raise().to());
    }

    /** It begins with the Service's own, or the webhook refuses it. */
    private boolean isRevisionName(PatchOperation.Put put) {
        return NextRevisionName.isNameOf(target(), put.path())
                && put.value().asText().startsWith(target().name() + "-");
    }

    private boolean isOfTheRaise(PatchOperation.Put put) {
        var amounts = put.value().isValueNode()
                ? List.of(put.value().asText())
                : put.value().findValuesAsText("memory");
        return amounts.stream().map(Memory::parse).allMatch(raise().to()::equals);
    }

    @Override
    default String purpose() {
        return "raise the memory limit of container %s from %s to %s by %s of %s"
                .formatted(raise().container(), raise().from(), raise().to(), remedy(), target().display());
    }

    @Override
    default List<String> diff() {
        var field = "containers[" + raise().container() + "].resources.limits.memory: ";
        return Stream.of(
                        Stream.of(
                                target().display() + " in " + target().namespace(),
                                "- " + field + raise().from(),
                                "+ " + field + raise().to()),
                        revisionName().map(name -> "+ template.metadata.name: " + name).stream(),
                        besides().stream())
                .flatMap(lines -> lines)
                .toList();
    }

    @Override
    default String was() {
        return raise().from().toString();
    }

    @Override
    default String becomes() {
        return raise().to().toString();
    }
}
