package dev.kubesent.command;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;

/** Reaches the cluster of a kubeconfig, as the person whose it is. */
@FunctionalInterface
public interface Reach {

    /** @throws ClusterException where there is none */
    Reached cluster();

    /** A cluster, as it was reached. @param namespace of the current context */
    record Reached(ClusterReader reader, PersonWriter writer, String namespace) {}
}
