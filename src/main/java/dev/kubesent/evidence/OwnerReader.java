package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.MadeFrom;
import dev.kubesent.cluster.MadeFrom.Difference;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.OwnerChain.Known;
import dev.kubesent.evidence.OwnerChain.Link;
import dev.kubesent.evidence.OwnerChain.Unknown;
import dev.kubesent.evidence.OwnerChain.Unproven;
import dev.kubesent.evidence.revision.KeptRevision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Follows a pod's owners up, and believes each only where the object is as that owner makes its objects: an owner reference is written by whoever
 * creates the pod.
 */
public final class OwnerReader {

    private final ClusterReader cluster;

    public OwnerReader(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** It ends: no kind is among its own controllers, nor among those of these. */
    public OwnerChain chain(Pod pod) {
        return upwards(nearest(pod));
    }

    /** What controls the pod itself, and not yet what controls that. */
    OwnerChain nearest(Pod pod) {
        return new OwnerChain(controller(pod, WorkloadKind.POD).stream().toList());
    }

    OwnerChain above(HasMetadata object, WorkloadKind kind) {
        return upwards(new OwnerChain(controller(object, kind).stream().toList()));
    }

    /** From a part of a chain, the whole of it. */
    OwnerChain upwards(OwnerChain begun) {
        var links = new ArrayList<Link>(begun.links());
        var next = begun.top().flatMap(this::above);
        while (next.isPresent()) {
            links.add(next.get());
            next = next.flatMap(this::above);
        }
        return new OwnerChain(links);
    }

    private Optional<Link> above(Link link) {
        return switch (link) {
            case Known known -> controller(known.object(), known.kind());
            case Unknown _, Unproven _ -> Optional.empty();
        };
    }

    /**
     * What the pod's incidents are named for; empty for a pod of its own, and for one whose claim does not hold.
     *
     * @throws ClusterException where the owner cannot be read just now
     */
    public Optional<ObjectRef> controller(Pod pod) {
        return new PodOwners(this, pod).controller();
    }

    private Optional<Link> controller(HasMetadata owned, WorkloadKind kind) {
        return ControllerRef.of(owned).map(owner -> link(owned, kind, ObjectRef.of(owner, namespace(owned))));
    }

    private Link link(HasMetadata owned, WorkloadKind ownedKind, ObjectRef ref) {
        if (!ref.isWellFormed()) {
            return new Unproven(ref, Doubt.NAME, "that is no name of one, or it says no uid");
        }
        var kind = WorkloadKind.of(ref);
        if (kind.isEmpty()) {
            return new Unknown(ref);
        }
        if (!OwnerProof.controllersOf(ownedKind).contains(kind.get())) {
            return new Unproven(
                    ref, Doubt.KIND, "a %s does not control a %s directly".formatted(ref.kind(), ownedKind.kind()));
        }
        try {
            return cluster.get(ref)
                    .map(owner -> link(owned, ref, kind.get(), owner))
                    .orElseGet(() -> new Unproven(ref, Doubt.GONE, "there is no such object with that name and uid"));
        } catch (ClusterException e) {
            if (kind.get().isOfKnative() && e.kind() == ClusterException.Kind.FORBIDDEN) {
                return new Unknown(ref); // an older ClusterRole does not have that right, and did without
            }
            throw e;
        }
    }

    private Link link(HasMetadata owned, ObjectRef ref, WorkloadKind kind, GenericKubernetesResource owner) {
        return OwnerProof.whyNot(owned, kind, owner)
                .or(() -> owned instanceof Pod pod ? template(pod, kind, owner) : Optional.empty())
                .<Link>map(not -> new Unproven(ref, not.doubt(), not.detail()))
                .orElseGet(() -> new Known(ref, kind, owner));
    }

    /** The template that it has now; or of a StatefulSet and DaemonSet, that of the revision that the pod says it is of. */
    private Optional<Difference> template(Pod pod, WorkloadKind kind, GenericKubernetesResource owner) {
        var name = ObjectRef.of(owner).display();
        var now = MadeFrom.difference(pod.getSpec(), template(owner), name);
        return switch (kind) {
            case STATEFUL_SET, DAEMON_SET -> now.filter(_ -> !isOfAKeptRevision(pod, owner));
            case REPLICA_SET,
                    REPLICATION_CONTROLLER,
                    JOB,
                    POD,
                    DEPLOYMENT,
                    CRON_JOB,
                    KNATIVE_REVISION,
                    KNATIVE_CONFIGURATION,
                    KNATIVE_SERVICE -> now;
        };
    }

    private static JsonNode template(GenericKubernetesResource owner) {
        return KubernetesJson.tree(owner).at("/spec/template");
    }

    private boolean isOfAKeptRevision(Pod pod, GenericKubernetesResource owner) {
        var hash = KeptRevision.label(pod, KeptRevision.REVISION_HASH);
        return !hash.isEmpty()
                && KeptRevision.all(cluster, owner).stream()
                        .filter(kept -> kept.hash().equals(hash))
                        .anyMatch(kept -> MadeFrom.isMadeFrom(pod.getSpec(), kept.template()));
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
