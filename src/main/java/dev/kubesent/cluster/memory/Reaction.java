package dev.kubesent.cluster.memory;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;

/** What happens in a cluster when a workload is written: told after each write that changes one. */
public interface Reaction {
    void patched(GenericKubernetesResource workload);

    void created(Pod pod);

    void deleted(Pod pod);
}
