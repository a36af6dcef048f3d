package dev.kubesent.pipeline;

import dev.kubesent.failure.Failure;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.incident.Incidents;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * What makes two failures the same one, as a pod itself tells it: all crashing pods of one revision have one key.
 *
 * @param owner the uid of its controller; its own, where it has none
 */
record FailureKey(String namespace, String owner, String revision, String container, FailureKind kind) {

    static FailureKey of(Failure failure, Pod pod) {
        var meta = pod.getMetadata();
        var owner = meta.getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElseGet(meta::getUid);
        return new FailureKey(
                meta.getNamespace(),
                owner,
                Incidents.revisionOf(failure, pod),
                failure.subject().container(),
                failure.kind());
    }
}
