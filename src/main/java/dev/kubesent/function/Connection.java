package dev.kubesent.function;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.sender.IssuerKeys;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.function.Supplier;

/** The cluster that this process works on. */
interface Connection extends AutoCloseable {

    Ports ports();

    /** Who signs the tokens of this cluster's ServiceAccounts. */
    IssuerKeys issuer();

    /** @throws UsageException where there is nothing to watch */
    ClusterWatcher watcher();

    /** Of the processes of a Deployment. @param namespace of its Lease @param holder the name of this one @throws UsageException where there is none */
    Election election(String namespace, String holder);

    /** What this cluster's API server lacks of the second gate; empty where nothing, or where there is no API server. */
    Supplier<Optional<String>> secondGate(Ticks ticks);

    /** Makes the pod of a replayed event exist, where that is this cluster's way; a real one is never touched so. */
    void adopt(Pod pod);

    @Override
    void close();
}
