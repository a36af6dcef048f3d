package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owners of one pod, each read once and only when somebody asks: its incidents are named for the nearest, and are about the top. Safe for
 * several threads: the work on one of its failures may begin while the next is claimed. Two that ask first at the same time both read.
 */
public final class PodOwners {

    private final OwnerReader reader;
    private final Pod pod;
    private volatile @Nullable OwnerChain nearest;
    private volatile @Nullable Reading<OwnerChain> whole;

    PodOwners(OwnerReader reader, Pod pod) {
        this(reader, pod, Optional.empty());
    }

    /** @param chain of owners, where it was read */
    PodOwners(OwnerReader reader, Pod pod, Optional<Reading<OwnerChain>> chain) {
        this.reader = reader;
        this.pod = pod;
        this.whole = chain.orElse(null);
    }

    /**
     * What the pod's incidents are named for; empty for a pod of its own, and for one whose claim does not hold.
     *
     * @throws ClusterException where the owner cannot be read just now
     */
    public Optional<ObjectRef> controller() {
        try {
            return nearest().controller();
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.FORBIDDEN) {
                throw e;
            }
            // Nothing is ever done about it; but a thousand pods are to stay one incident.
            return ControllerRef.of(pod)
                    .map(owner -> ObjectRef.of(owner, pod.getMetadata().getNamespace()))
                    .filter(ObjectRef::isWellFormed);
        }
    }

    /** @throws ClusterException of kind BUSY only */
    public Reading<OwnerChain> chain() {
        var known = whole;
        if (known == null) {
            known = Readings.read(Source.OWNERS, () -> reader.upwards(nearest()));
            whole = known;
        }
        return known;
    }

    /** The top, as {@code Deployment/web}; the pod itself where nothing controls it, or what does is not proven. Empty where that cannot be read. */
    public Optional<String> workload() {
        return chain().present().map(chain -> top(chain).display());
    }

    /**
     * Whether a controller that is named does not exist any more: Kubernetes deletes the owner of a workload first, then what it owned. (With
     * {@code --cascade=orphan} the reference is removed before the owner goes.)
     *
     * @throws ClusterException of kind BUSY only
     */
    public boolean isOrphaned() {
        return chain().present()
                .flatMap(OwnerChain::unproven)
                .filter(claim -> claim.why() == Doubt.GONE)
                .isPresent();
    }

    ObjectRef top(OwnerChain chain) {
        return chain.workload().orElseGet(() -> ObjectRef.of(pod));
    }

    /** All of this, for as long as it waits. */
    PackedOwners packed() {
        return PackedOwners.of(reader, pod, Optional.ofNullable(whole));
    }

    public Pod pod() {
        return pod;
    }

    private OwnerChain nearest() {
        var known = nearest;
        if (known == null) {
            known = reader.nearest(pod);
            nearest = known;
        }
        return known;
    }
}
