package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.failure.Failure;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks the registry of an image that is said to be missing. */
record RegistryReader(ClusterReader cluster, ImageRegistry registry) {

    /** What a registry or runtime says then. Where it refuses, or is busy, it is left alone. */
    private static final Pattern MISSING =
            Pattern.compile("(?i)not found|manifest unknown|name unknown|no match for platform|no matching manifest");

    Reading<RegistryFacts> facts(Failure failure, Pod pod) {
        return failure.pull()
                .filter(pull -> registry.isAsked(pull.image())
                        && MISSING.matcher(pull.message()).find())
                .map(pull -> registry.ask(pull.image(), platform(pod), PullCredentials.of(secrets(pod), pull.image())))
                .orElseGet(() -> new Present<>(new RegistryFacts.NotAsked()));
    }

    /** By the labels that the kubelet sets itself. */
    private Optional<Platform> platform(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName())
                .flatMap(node -> cluster.get(Node.class, "", node))
                .map(node -> Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of()))
                .flatMap(labels -> Optional.ofNullable(labels.get("kubernetes.io/os"))
                        .flatMap(os -> Optional.ofNullable(labels.get("kubernetes.io/arch"))
                                .map(architecture -> new Platform(os, architecture))));
    }

    private List<Secret> secrets(Pod pod) {
        return pod.getSpec().getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .filter(Objects::nonNull)
                .flatMap(name -> secret(pod.getMetadata().getNamespace(), name))
                .toList();
    }

    /** KubeSent may read Secrets only where somebody has granted that; elsewhere the registry is asked as a stranger. */
    private Stream<Secret> secret(String namespace, String name) {
        try {
            return cluster.get(Secret.class, namespace, name).stream();
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case FORBIDDEN, UNAUTHORIZED -> Stream.of();
                case NOT_FOUND, CONFLICT, REJECTED, ALREADY_EXISTS, UNREACHABLE, BUSY, BROKEN -> throw e;
            };
        }
    }
}
