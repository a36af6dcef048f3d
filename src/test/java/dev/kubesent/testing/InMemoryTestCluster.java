package dev.kubesent.testing;

import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.incident.Incident;
import dev.kubesent.pipeline.Ports;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;

/** The embedded cluster, without anything that plays a kubelet. */
public final class InMemoryTestCluster implements TestCluster {

    @Override
    public Loaded load(Scenario scenario, Clock clock) {
        var cluster = new InMemoryCluster(clock);
        for (var text : scenario.objects()) {
            cluster.load(parse(text));
        }
        scenario.log().ifPresent(log -> loadLog(cluster, scenario, log));
        var ports = new Ports(cluster, cluster.dryRun(), cluster, cluster, _ -> {});
        return new Loaded(ports, EventPod.request(scenario, scenario.event()), cluster);
    }

    private static HasMetadata parse(String text) {
        var generic = KubernetesJson.parse(text, GenericKubernetesResource.class);
        return switch (generic.getKind()) {
            case "Pod" -> KubernetesJson.parse(text, Pod.class);
            case "Incident" -> KubernetesJson.parse(text, Incident.class);
            default -> generic;
        };
    }

    private static void loadLog(InMemoryCluster cluster, Scenario scenario, String log) {
        var pod = KubernetesJson.parse(EventPod.of(scenario).orElseThrow(), Pod.class);
        for (var container : pod.getSpec().getContainers()) {
            for (var run : ContainerLog.Run.values()) {
                var meta = pod.getMetadata();
                cluster.loadLog(
                        new ContainerLog(meta.getNamespace(), meta.getName(), container.getName(), run, 0), log);
            }
        }
    }
}
