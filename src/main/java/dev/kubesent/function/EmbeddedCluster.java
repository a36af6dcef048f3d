package dev.kubesent.function;

import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.Controllers;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.sender.IssuerKeys;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The cluster of the local run: in this process, loaded from {@code events/}; nothing outside is touched. */
final class EmbeddedCluster implements Connection {

    private final InMemoryCluster cluster;

    EmbeddedCluster(Clock clock) {
        this.cluster = new InMemoryCluster(clock);
        for (var file : Samples.matching("cluster/*.yaml")) {
            for (var document : file.text().split("(?m)^---$")) {
                cluster.load(KubernetesJson.parse(document, GenericKubernetesResource.class));
            }
        }
        for (var file : Samples.matching("cluster/*.log")) {
            log(file);
        }
        cluster.addReaction(new Controllers(cluster, clock));
    }

    @Override
    public Ports ports() {
        return new Ports(cluster, cluster.dryRun(), cluster, cluster, _ -> {});
    }

    @Override
    public void greet() {
        // it is in this process
    }

    @Override
    public IssuerKeys issuer() {
        throw new UsageException("KUBESENT_SENDER_AUDIENCE: the embedded cluster signs no tokens");
    }

    @Override
    public ClusterWatcher watcher() {
        throw new UsageException("KUBESENT_FEED: the embedded cluster has nothing to watch");
    }

    @Override
    public Election election(String namespace, String holder) {
        throw new UsageException("KUBESENT_FEED: the embedded cluster has one process");
    }

    @Override
    public Supplier<Optional<String>> secondGate(Ticks ticks) {
        return Optional::empty;
    }

    @Override
    public void adopt(Pod pod) {
        var meta = pod.getMetadata();
        if (cluster.get(Pod.class, meta.getNamespace(), meta.getName()).isEmpty()) {
            cluster.load(pod);
        }
    }

    @Override
    public void close() {
        // it ends with the process
    }

    /** {@code namespace_pod_container.log}, as the kubelet names them; the run that failed printed it. */
    private void log(Samples.Sample file) {
        var parts = file.name().replaceFirst("\\.log$", "").split("_");
        for (var run : ContainerLog.Run.values()) {
            cluster.loadLog(new ContainerLog(parts[0], parts[1], parts[2], run, 0), file.text());
        }
    }
}
