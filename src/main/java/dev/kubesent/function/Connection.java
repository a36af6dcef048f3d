package dev.kubesent.function;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.eks.EksToken;
import dev.kubesent.cluster.eks.RoleCredentials;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.sender.IssuerKeys;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The cluster that this process works on. */
interface Connection extends AutoCloseable {

    /** Opens it. @throws RuntimeException where what is set up leads to no API server */
    static Connection to(Settings settings, Clock clock) {
        return switch (settings.cluster()) {
            case EMBEDDED -> new EmbeddedCluster(clock);
            case KUBECONFIG, IN_CLUSTER -> new RealCluster(KubernetesConnection.fromEnvironment());
            case EKS -> {
                var cluster = settings.eks().orElseThrow();
                var token = new EksToken(cluster, new RoleCredentials(), clock);
                yield new RealCluster(
                        KubernetesConnection.to(cluster.endpoint(), cluster.certificateAuthority(), token));
            }
        };
    }

    Ports ports();

    /** Asks for something small, so that TLS is there when something is needed. @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    void greet();

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
