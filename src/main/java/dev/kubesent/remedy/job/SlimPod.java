package dev.kubesent.remedy.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;

/**
 * A pod without what says nothing of how it does: its variables, volumes and commands, and who wrote which field. What is left is a tenth of it,
 * and some hundred of those may be kept.
 */
final class SlimPod {

    private SlimPod() {}

    static Pod of(Pod pod) {
        var meta = pod.getMetadata();
        var spec = pod.getSpec();
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(meta.getName())
                        .withNamespace(meta.getNamespace())
                        .withUid(meta.getUid())
                        .withLabels(meta.getLabels())
                        .withOwnerReferences(meta.getOwnerReferences())
                        .withFinalizers(meta.getFinalizers())
                        .withCreationTimestamp(meta.getCreationTimestamp())
                        .withDeletionTimestamp(meta.getDeletionTimestamp())
                        .build())
                .withSpec(new PodSpecBuilder()
                        .withNodeName(spec.getNodeName())
                        .withRestartPolicy(spec.getRestartPolicy())
                        .withSchedulingGates(spec.getSchedulingGates())
                        .withContainers(slim(spec.getContainers()))
                        .withInitContainers(slim(spec.getInitContainers()))
                        .build())
                .withStatus(pod.getStatus())
                .build();
    }

    private static List<Container> slim(List<Container> containers) {
        return containers.stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withRestartPolicy(container.getRestartPolicy())
                        .withResources(container.getResources())
                        .build())
                .toList();
    }
}
