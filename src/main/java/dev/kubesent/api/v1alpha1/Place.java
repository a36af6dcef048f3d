package dev.kubesent.api.v1alpha1;

import java.util.Arrays;
import java.util.Optional;

/** Where a cause is to be mended. */
public enum Place {
    /** In the workload's own manifest, image or program. */
    WORKLOAD,
    NODE,
    REGISTRY,
    /** What the program connects to; or the way there. */
    DEPENDENCY,
    /** In what the cluster has to give: nodes, volumes, rights, resource types. */
    CLUSTER,
    /** In what lies on a volume. */
    STORAGE,
    UNCERTAIN;

    /** As an incident has it; empty for a place that only another version knows. */
    public static Optional<Place> of(String name) {
        return Arrays.stream(values())
                .filter(place -> place.name().equals(name))
                .findFirst();
    }

    /** Whether it lies outside of the workload: then nothing of the workload is to be changed for it. */
    public boolean isOutside() {
        return switch (this) {
            case NODE, REGISTRY, DEPENDENCY, CLUSTER, STORAGE -> true;
            case WORKLOAD, UNCERTAIN -> false;
        };
    }
}
