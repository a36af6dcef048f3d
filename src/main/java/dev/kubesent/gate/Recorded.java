package dev.kubesent.gate;

import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.gate.constraints.Constraints;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What must be true of every change that this gate could have approved. It is asked of records, which whoever may write
 * incidents could have forged: a forged one can raise memory where the incident is, within the fields, and no more, and one of a rollback or an edit holds no patch at all; but a
 * forged manifest of a pod that does not exist can hold anything (docs/known-limits.md).
 */
final class Recorded {

    private Recorded() {}

    /** @param namespace of the incident that holds the record */
    static Optional<String> whyNot(Change change, String namespace, GatePolicy policy) {
        if (!change.target().namespace().equals(namespace)) {
            return Optional.of("it is about namespace " + change.target().namespace());
        }
        return whyNot(change, namespace).or(() -> Constraints.whyNotAtAll(change, namespace, policy));
    }

    private static Optional<String> whyNot(Change change, String namespace) {
        return switch (change) {
            case Change.MemoryChange memory
            when memory.operations().stream()
                    .filter(operation -> !isRevisionName(memory, operation))
                    .anyMatch(operation -> !isOf(operation, memory.raise().to())) ->
                Optional.of(
                        "its patch sets something else than " + memory.raise().to());
            case Change.TemplatePatch patch
            when !patch.run().isEmpty() && !ManualRun.isNameOf(patch.target(), patch.run()) ->
                Optional.of("it would make a Job of another name");
            case Change.TemplatePatch patch -> pods(patch.stuckPods(), namespace);
            case Change.TemplateRollback rollback -> pods(rollback.stuckPods(), namespace);
            case TemplateEdit edit -> pods(edit.stuckPods(), namespace);
            case PodEviction eviction -> pods(List.of(eviction.workload()), namespace);
            case TrafficPin pin
            when pin.operations().stream()
                    .anyMatch(operation -> operation instanceof PatchOperation.Put(var _, var value)
                            && !value.equals(TrafficPin.traffic(pin.to()))) ->
                Optional.of("its patch sends the traffic elsewhere");
            case TrafficPin _ -> Optional.empty();
            case JobPatch patch when !patch.onlySuspends() -> Optional.of("it does more to the Job than to suspend it");
            case Change.PodReplacement replacement
            when !isSuccessor(replacement) -> Optional.of("its manifest is not that of the pod it replaces");
            case Change.PodResize _, Change.PodReplacement _, JobPatch _ -> Optional.empty();
        };
    }

    private static Optional<String> pods(List<ObjectRef> stuck, String namespace) {
        return stuck.stream().allMatch(pod -> pod.namespace().equals(namespace))
                ? Optional.empty()
                : Optional.of("it would delete pods of another namespace");
    }

    /** Which begins with the Service's own, or the webhook refuses it. */
    private static boolean isRevisionName(Change.MemoryChange change, PatchOperation operation) {
        return NextRevisionName.isNameOf(change.target(), operation.path())
                && operation instanceof PatchOperation.Put(var _, var value)
                && value.asText().startsWith(change.target().name() + "-");
    }

    /** Every amount that the patch sets is the one of the raise. */
    private static boolean isOf(PatchOperation operation, Memory to) {
        return switch (operation) {
            case PatchOperation.Test _, PatchOperation.Remove _ -> true;
            case PatchOperation.Put(var _, var value) ->
                value.isValueNode()
                        ? Memory.parse(value.asText()).equals(to)
                        : value.findValuesAsText("memory").stream()
                                .allMatch(amount -> Memory.parse(amount).equals(to));
        };
    }

    private static boolean isSuccessor(Change.PodReplacement replacement) {
        Pod manifest = replacement.manifest();
        var target = replacement.target();
        var meta = manifest.getMetadata();
        var annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        return target.namespace().equals(meta.getNamespace())
                && target.name().equals(meta.getName())
                && target.uid().equals(annotations.get(Change.PodReplacement.REPLACES))
                && replacement.raise().isIn(manifest);
    }
}
