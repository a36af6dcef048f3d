package dev.kubesent.function;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWatches;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.cluster.fabric8.LeaseElection;
import dev.kubesent.function.health.SecondGate;
import dev.kubesent.function.process.Sleep;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.sender.ClusterIssuer;
import dev.kubesent.sender.IssuerKeys;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster reached through its API server. */
final class RealCluster implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(RealCluster.class);

    private final KubernetesClient client;

    RealCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Ports ports() {
        var writes = new KubernetesWrites(client);
        return new Ports(new KubernetesReads(client), writes.dryRun(), writes, writes, new Sleep());
    }

    @Override
    public void greet() {
        var version = new KubernetesReads(client).version();
        LOG.debug("the API server is of Kubernetes {}", version);
    }

    @Override
    public IssuerKeys issuer() {
        return new ClusterIssuer(client::raw);
    }

    @Override
    public ClusterWatcher watcher() {
        return new KubernetesWatches(client);
    }

    @Override
    public Election election(String namespace, String holder) {
        return new LeaseElection(client, namespace, holder);
    }

    @Override
    public Supplier<Optional<String>> secondGate(Ticks ticks) {
        return new SecondGate(new KubernetesReads(client), ticks);
    }

    @Override
    public void adopt(Pod pod) {
        // a real cluster has its own pods
    }

    @Override
    public void close() {
        client.close();
    }
}
