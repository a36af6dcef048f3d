package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.Incidents;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * What makes two failures the same one: all crashing pods of one revision have one key.
 *
 * @param owner its controller, whole: another kind with the same uid is another; the pod itself, where it has none, or one that is not proven
 */
record FailureKey(ObjectRef owner, String revision, String container, FailureKind kind) {

    /** As the pod itself tells it. A look that it saves was made for a pod of that controller: it can claim nothing that is not known. */
    static FailureKey told(Failure failure, Pod pod) {
        var claimed = pod.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .map(reference -> ObjectRef.of(reference, pod.getMetadata().getNamespace()))
                .findFirst();
        return of(failure, pod, claimed);
    }

    /** @param controller of the pod, where it is proven */
    static FailureKey of(Failure failure, Pod pod, Optional<ObjectRef> controller) {
        return new FailureKey(
                controller.orElseGet(() -> ObjectRef.of(pod)),
                Incidents.revisionOf(failure, pod, controller),
                failure.subject().container(),
                failure.kind());
    }
}
