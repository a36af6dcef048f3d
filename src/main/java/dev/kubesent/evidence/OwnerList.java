package dev.kubesent.evidence;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.text.Deflated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All controllers of one kind in one namespace, as JSON, compressed: as objects they would take twenty times as much of the heap. */
record OwnerList(List<One> all) {

    /** @param labels of the object itself */
    record One(ObjectRef ref, Map<String, String> labels, Deflated json) {

        <T extends HasMetadata> T as(Class<T> type) {
            return KubernetesJson.parse(json.text(), type);
        }
    }

    /** In a list an API server leaves out what kind of thing each is. */
    static OwnerList of(WorkloadKind kind, List<GenericKubernetesResource> objects) {
        return new OwnerList(objects.stream()
                .map(object -> {
                    object.setApiVersion(kind.apiVersion());
                    object.setKind(kind.kind());
                    return new One(
                            ObjectRef.of(object),
                            Map.copyOf(Objects.requireNonNullElse(
                                    object.getMetadata().getLabels(), Map.of())),
                            Deflated.of(KubernetesJson.json(object)));
                })
                .toList());
    }

    /** By name, and by uid where the reference has one. */
    Optional<GenericKubernetesResource> find(ObjectRef wanted) {
        return all.stream()
                .filter(one -> one.ref().name().equals(wanted.name()))
                .filter(one ->
                        wanted.uid().isEmpty() || wanted.uid().equals(one.ref().uid()))
                .findFirst()
                .map(one -> one.as(GenericKubernetesResource.class));
    }

    /** Those that bear all of these. */
    List<One> labelled(Map<String, String> labels) {
        return all.stream()
                .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
