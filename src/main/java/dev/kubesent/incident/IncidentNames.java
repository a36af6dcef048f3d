package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.LostRun;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Computes what a failure is called, so that a thousand pods of one bad template agree on it. */
final class IncidentNames {

    /** Kubernetes allows 253 characters; what we add takes up to 9. */
    private static final int READABLE_PART = 240;

    private static final int HASH_CHARACTERS = 8;

    /** What a controller puts on its pods to say which revision of the template made them. */
    private static final List<String> REVISION_LABELS = List.of("pod-template-hash", "controller-revision-hash");

    private IncidentNames() {}

    /** @param controller of the pod, where it is proven: what the pod says of itself names no incident but its own */
    static IncidentSpec spec(Failure failure, Pod pod, Optional<ObjectRef> controller) {
        return new IncidentSpec(
                controller.map(IncidentNames::kind).orElse("Pod"),
                controller.map(ObjectRef::name).orElse(pod.getMetadata().getName()),
                revision(pod, controller.isPresent()),
                failure.subject().container(),
                failure.kind());
    }

    /** As kubectl writes it where it is no kind that we know: nobody's ReplicaSet is to be taken for that of Kubernetes. */
    private static String kind(ObjectRef controller) {
        return WorkloadKind.of(controller).isPresent()
                ? controller.kind()
                : controller.kind() + "." + controller.group();
    }

    /** All runs of one CronJob are one incident: none of them has a pod that would tell them apart. */
    static IncidentSpec spec(LostRun run, ObjectRef owner) {
        return new IncidentSpec(owner.kind(), owner.name(), "", "", run.kind());
    }

    /** Readable, and a hash of the whole, so that cutting it short never makes two incidents one. */
    static String name(IncidentSpec spec) {
        var readable = Stream.of(
                        spec.ownerName(), spec.container(), spec.failure().name())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"))
                .toLowerCase(Locale.ROOT);
        var cut = readable.substring(0, Math.min(readable.length(), READABLE_PART));
        return cut.replaceAll("[^a-z0-9.-]", "-") + "-" + hash(spec);
    }

    /** A label that a controller left behind, or that somebody has made up, says nothing. */
    private static String revision(Pod pod, boolean isControlled) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        return REVISION_LABELS.stream()
                .filter(_ -> isControlled)
                .filter(labels::containsKey)
                .map(labels::get)
                .findFirst()
                .orElseGet(() -> hash(runs(pod, isControlled)));
    }

    /** A bare pod has no revision; what it runs, and its uid, are one. A resize makes a new one, as a rollout does. */
    private static List<Object> runs(Pod pod, boolean isControlled) {
        var spec = pod.getSpec();
        var containers = Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .map(IncidentNames::runs)
                .toList();
        return List.of(isControlled ? "" : pod.getMetadata().getUid(), containers);
    }

    private static List<Object> runs(Container container) {
        return List.of(
                container.getName(),
                Objects.requireNonNullElse(container.getImage(), ""),
                container.getCommand(),
                container.getArgs(),
                KubernetesJson.json(container.getResources()));
    }

    private static String hash(Object value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(KubernetesJson.json(value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
