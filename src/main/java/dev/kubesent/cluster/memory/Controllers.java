package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Plays the controllers and the kubelet for the local run, so that one can watch a healed pod come up: a changed template
 * replaces the workload's pods, a deleted pod is made again, and every new pod runs. It is a stage set and no simulation:
 * whether a pod would really survive, only a real node says (docs/evidence/).
 */
public final class Controllers implements Reaction {

    private final InMemoryCluster cluster;
    private final Clock clock;

    public Controllers(InMemoryCluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public void patched(GenericKubernetesResource workload) {
        if (!workload.getKind().equals("Deployment")) {
            return; // the other kinds are rolled out pod by pod, by deleting them
        }
        var namespace = workload.getMetadata().getNamespace();
        for (var replicaSet : cluster.list(ReplicaSet.class, namespace)) {
            if (isControlledBy(replicaSet, workload)) {
                cluster.list(Pod.class, namespace).stream()
                        .filter(pod -> isControlledBy(pod, replicaSet))
                        .forEach(pod -> replace(pod, workload, replicaSet));
            }
        }
    }

    @Override
    public void created(Pod pod) {
        run(pod);
    }

    @Override
    public void deleted(Pod pod) {
        pod.getMetadata().getOwnerReferences().stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .map(o -> ObjectRef.of(o, pod.getMetadata().getNamespace()))
                .flatMap(ref -> cluster.get(ref).stream())
                .findFirst()
                .ifPresent(owner -> make(pod, owner, owner));
    }

    private void replace(Pod old, GenericKubernetesResource deployment, HasMetadata replicaSet) {
        cluster.unload(ObjectRef.of(old));
        make(old, deployment, replicaSet);
    }

    /** A pod like the old one, with the template's containers. */
    private void make(Pod old, GenericKubernetesResource templateOf, HasMetadata owner) {
        var tree = (ObjectNode) KubernetesJson.tree(old);
        var template = KubernetesJson.tree(templateOf).at("/spec/template/spec/containers");
        if (template instanceof ArrayNode containers) {
            tree.withObject("/spec").set("containers", containers);
        }
        var next = KubernetesJson.as(tree, Pod.class);
        next.getMetadata().setUid(null);
        if (!"StatefulSet".equals(owner.getKind())) {
            next.getMetadata()
                    .setName(owner.getMetadata().getName() + "-"
                            + UUID.randomUUID().toString().substring(0, 5));
        }
        run(next);
    }

    private void run(Pod pod) {
        var tree = (ObjectNode) KubernetesJson.tree(pod);
        var status = tree.putObject("status").put("phase", "Running");
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        var statuses = status.putArray("containerStatuses");
        for (var container : pod.getSpec().getContainers()) {
            statuses.addObject()
                    .put("name", container.getName())
                    .put("image", container.getImage())
                    .put("ready", true)
                    .put("restartCount", 0)
                    .putObject("state")
                    .putObject("running")
                    .put("startedAt", clock.instant().toString());
        }
        cluster.load(KubernetesJson.as(tree, Pod.class));
    }

    private static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners.stream().anyMatch(o -> owner.getMetadata().getUid().equals(o.getUid()));
    }
}
