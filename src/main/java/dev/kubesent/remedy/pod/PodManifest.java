package dev.kubesent.remedy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifest that makes a bare pod again. */
public final class PodManifest {

    /** The ServiceAccount admission adds it to every pod, with a new name each time. */
    private static final String TOKEN_VOLUME = "kube-api-access-";

    private PodManifest() {}

    /** What would be lost, or be somebody else's, if this pod were deleted. Empty where nothing would. */
    public static Optional<String> whyNotReplaceable(Pod pod) {
        var meta = pod.getMetadata();
        if (!meta.getOwnerReferences().isEmpty()) {
            return Optional.of("the pod has an owner: "
                    + meta.getOwnerReferences().getFirst().getKind());
        }
        if (!meta.getFinalizers().isEmpty()) {
            return Optional.of("the pod has finalizers: " + String.join(", ", meta.getFinalizers()));
        }
        if ("Never".equals(pod.getSpec().getRestartPolicy())) {
            return Optional.of("restartPolicy Never: a person decides whether to run it again");
        }
        if (pod.getStatus().getContainerStatuses().stream().anyMatch(PodManifest::isDone)) {
            return Optional.of("a container has done its work, which a new pod would do again");
        }
        return pod.getSpec().getVolumes().stream()
                .filter(v -> v.getEmptyDir() != null || v.getEphemeral() != null || v.getHostPath() != null)
                .findFirst()
                .map(v -> "the volume '" + v.getName() + "' would be lost with the pod or its node");
    }

    /** Under OnFailure a container that ended with 0 stays ended. */
    private static boolean isDone(ContainerStatus status) {
        var terminated = status.getState() == null ? null : status.getState().getTerminated();
        return terminated != null && Objects.requireNonNullElse(terminated.getExitCode(), 0) == 0;
    }

    /** What the API server filled in when the pod was made is taken out, and the change is applied. */
    public static Pod successor(Pod pod, List<PatchOperation> operations, String marker) {
        var changes =
                operations.stream().filter(PatchOperation.Put.class::isInstance).toList();
        JsonNode patched = JsonPatch.apply(PatchOperation.patch(changes), KubernetesJson.tree(pod));
        var next = new PodBuilder(KubernetesJson.as(patched, Pod.class))
                .withStatus(null)
                .build();
        next.setMetadata(metadata(pod, marker));
        strip(next.getSpec());
        return next;
    }

    private static ObjectMeta metadata(Pod pod, String marker) {
        var old = pod.getMetadata();
        var meta = new ObjectMeta();
        meta.setNamespace(old.getNamespace());
        meta.setName(old.getName());
        meta.setLabels(old.getLabels());
        var annotations = new HashMap<String, String>(Objects.requireNonNullElse(old.getAnnotations(), Map.of()));
        annotations.put(marker, old.getUid());
        meta.setAnnotations(annotations);
        return meta;
    }

    /** Fields that admission or the scheduler set, and that a create with other values would be refused for. */
    private static void strip(PodSpec spec) {
        spec.setNodeName(null);
        spec.setEphemeralContainers(List.of());
        spec.setPriority(null);
        spec.setPreemptionPolicy(null);
        spec.setOverhead(null);
        var tokens = spec.getVolumes().stream()
                .map(Volume::getName)
                .filter(name -> name.startsWith(TOKEN_VOLUME))
                .toList();
        spec.setVolumes(spec.getVolumes().stream()
                .filter(v -> !tokens.contains(v.getName()))
                .toList());
        Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .forEach(container -> stripMounts(container, tokens));
    }

    private static void stripMounts(Container container, List<String> volumes) {
        container.setVolumeMounts(container.getVolumeMounts().stream()
                .filter(mount -> !volumes.contains(mount.getName()))
                .toList());
    }
}
