package dev.kubesent.remedy.engine;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Readiness;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Deletes failing pods that their controller would leave as they are, for it to make them anew. */
public record StuckPods(ClusterReader reader, ClusterWriter writer) {

    /** @return what is to be said of those that are still there, as the end of a sentence */
    public String delete(List<ObjectRef> refs, ObjectRef controller, Predicate<Pod> areAsTheyWere) {
        return refs.stream()
                .flatMap(ref -> delete(ref, areAsTheyWere.and(pod -> isOf(pod, controller))).stream())
                .map(left -> "; " + left)
                .collect(Collectors.joining());
    }

    /** What is left to delete is read from a record, which may be forged. */
    private static boolean isOf(Pod pod, ObjectRef controller) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                        && owner.getUid().equals(controller.uid()));
    }

    /**
     * Only the pod that was judged, only while it is as it was, and never one that has become ready.
     *
     * @return why it is still there, where it could not be deleted: the template is changed all the same
     */
    private Optional<String> delete(ObjectRef ref, Predicate<Pod> isAsItWas) {
        var stuck = reader.get(Pod.class, ref.namespace(), ref.name())
                .filter(pod -> ref.uid().equals(pod.getMetadata().getUid()))
                .filter(pod -> !LivePod.isTerminating(pod) && !Readiness.of(pod))
                .filter(isAsItWas);
        if (stuck.isEmpty()) {
            return Optional.empty();
        }
        try {
            writer.delete(ref);
            return Optional.empty();
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case NOT_FOUND, CONFLICT -> Optional.empty(); // gone, or another one by now
                case UNREACHABLE, BUSY, BROKEN -> throw e;
                case UNAUTHORIZED, FORBIDDEN, ALREADY_EXISTS, REJECTED ->
                    Optional.of(ref.display() + " could not be deleted: " + e.getMessage());
            };
        }
    }
}
