package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.objects.MergePatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The embedded cluster, without anything that plays a kubelet; only a Job that is suspended is told to be. */
public final class InMemoryTestCluster implements TestCluster {

    @Override
    public Loaded load(Scenario scenario, Clock clock) {
        var cluster = new InMemoryCluster(clock);
        for (var text : scenario.objects()) {
            cluster.load(parse(text));
        }
        scenario.log().ifPresent(log -> loadLog(cluster, scenario, log));
        var ports = new Ports(cluster, cluster.dryRun(), cluster, cluster, _ -> jobs(cluster, scenario.namespace()))
                .with(ToldRegistry.of(scenario));
        return new Loaded(
                ToldVersion.of(ports, scenario),
                EventPod.request(scenario, scenario.event()),
                cluster,
                new InMemoryStage(cluster, scenario.namespace(), clock));
    }

    private record InMemoryStage(InMemoryCluster cluster, String namespace, Clock clock) implements Stage {

        @Override
        public void put(String object) {
            var tree = (ObjectNode) KubernetesJson.tree(KubernetesJson.parse(object, GenericKubernetesResource.class));
            var ref = ObjectRef.of(KubernetesJson.as(tree, GenericKubernetesResource.class));
            var known = cluster.get(new ObjectRef(ref.apiVersion(), ref.kind(), ref.namespace(), ref.name(), ""));
            if (known.isEmpty()) {
                cluster.load(parse(object));
                return;
            }
            var merged = (ObjectNode) KubernetesJson.tree(known.get());
            for (var part : List.of("spec", "data")) {
                if (tree.has(part)) {
                    MergePatch.apply(merged, tree.path(part), part);
                }
            }
            if (tree.at("/metadata/annotations").isObject()) {
                merged.withObject("/metadata/annotations").setAll((ObjectNode) tree.at("/metadata/annotations"));
            }
            if (tree.has("status")) {
                merged.set("status", tree.path("status"));
            }
            cluster.load(KubernetesJson.as(merged, GenericKubernetesResource.class));
        }

        @Override
        public void remove(String name) {
            var kind = WorkloadKind.ofName(name.substring(0, name.indexOf('/'))).orElseThrow();
            cluster.unload(new ObjectRef(
                    kind.apiVersion(), kind.kind(), namespace, name.substring(name.indexOf('/') + 1), ""));
        }

        @Override
        public void leave() {
            // every scenario has a cluster of its own
        }

        @Override
        public void approve() {
            say("approved", _ -> JsonNodeFactory.instance.objectNode().put("approved", true));
        }

        @Override
        public void approve(String person, String word) {
            say("approved", incident -> TestCluster.yes(incident, person, word));
        }

        @Override
        public void reject(String because) {
            say("rejected", _ -> JsonNodeFactory.instance.objectNode().put("rejected", because));
        }

        private void say(String field, Function<Incident, ObjectNode> word) {
            for (var incident : TestCluster.open(cluster.list(Incident.class, namespace))) {
                var tree = (ObjectNode) KubernetesJson.tree(incident);
                tree.withObject("/spec").setAll(word.apply(incident));
                var generation = tree.at("/metadata/generation").asLong(1);
                tree.withObject("/metadata").put("generation", generation + 1);
                tree.withArray("/metadata/managedFields")
                        .addObject()
                        .put("manager", "kubectl-patch")
                        .put("operation", "Update")
                        .put(
                                "time",
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                        .withObject("/fieldsV1/f:spec/f:" + field);
                cluster.load(KubernetesJson.as(tree, Incident.class));
            }
        }
    }

    private static void jobs(InMemoryCluster cluster, String namespace) {
        for (var job : cluster.list(Job.class, namespace)) {
            JobController.suspended(job).ifPresent(told -> {
                cluster.load(told);
                cluster.list(Pod.class, namespace).stream()
                        .filter(pod -> JobController.deletes(job, pod))
                        .forEach(pod -> cluster.unload(ObjectRef.of(pod)));
            });
        }
    }

    static HasMetadata parse(String plain) {
        var generic = KubernetesJson.parse(plain, GenericKubernetesResource.class);
        var tree = (ObjectNode) KubernetesJson.tree(generic);
        if (WorkloadKind.ofName(generic.getKind()).isPresent()) {
            FieldManagers.note(tree);
        }
        if (generic.getKind().equals("Job") && tree.at("/spec/selector").isMissingNode()) {
            tree.withObject("/spec/selector/matchLabels")
                    .put(
                            "batch.kubernetes.io/controller-uid",
                            generic.getMetadata().getUid()); // as the API server does
        }
        var text = tree.toString();
        return switch (generic.getKind()) {
            case "Pod" -> KubernetesJson.parse(text, Pod.class);
            case "Incident" -> KubernetesJson.parse(text, Incident.class);
            default -> KubernetesJson.parse(text, GenericKubernetesResource.class);
        };
    }

    private static void loadLog(InMemoryCluster cluster, Scenario scenario, String log) {
        var pod = KubernetesJson.parse(EventPod.of(scenario).orElseThrow(), Pod.class);
        for (var container : Stream.concat(
                        pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .toList()) {
            for (var run : ContainerLog.Run.values()) {
                var meta = pod.getMetadata();
                cluster.loadLog(
                        new ContainerLog(meta.getNamespace(), meta.getName(), container.getName(), run, 0), log);
            }
        }
    }
}
