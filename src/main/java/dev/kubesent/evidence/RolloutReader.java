package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the last rollout of a Deployment changed, where the failing pod is of it and it is fresh: often the whole answer. */
final class RolloutReader {

    /** A failure that comes later than this is hardly the rollout's. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final ClusterReader cluster;
    private final Clock clock;

    RolloutReader(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** @return nothing where there was no revision before, or the rollout is long over */
    List<String> changes(String namespace, OwnerChain owners) {
        return replicaSet(owners)
                .filter(current -> isFresh(current.getMetadata().getCreationTimestamp()))
                .flatMap(current -> before(namespace, current)
                        .map(previous -> TemplateChanges.between(spec(previous), spec(current))))
                .orElse(List.of());
    }

    private Optional<ReplicaSet> replicaSet(OwnerChain owners) {
        if (owners.knownTop()
                .filter(top -> top.kind() == WorkloadKind.DEPLOYMENT)
                .isEmpty()) {
            return Optional.empty();
        }
        var nearest = owners.links().getFirst().ref();
        return cluster.get(ReplicaSet.class, nearest.namespace(), nearest.name());
    }

    private boolean isFresh(String created) {
        return created != null && Instant.parse(created).plus(FRESH).isAfter(clock.instant());
    }

    private Optional<ReplicaSet> before(String namespace, ReplicaSet current) {
        return cluster.list(ReplicaSet.class, namespace).stream()
                .filter(other -> sharesOwner(other, current))
                .filter(other -> revision(other) < revision(current))
                .max(Comparator.comparingLong(RolloutReader::revision));
    }

    private static boolean sharesOwner(ReplicaSet one, ReplicaSet other) {
        return one.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> other.getMetadata().getOwnerReferences().stream()
                        .anyMatch(same -> same.getUid().equals(owner.getUid())));
    }

    private static long revision(ReplicaSet replicaSet) {
        var annotations = replicaSet.getMetadata().getAnnotations();
        var revision = annotations == null ? null : annotations.get(REVISION);
        return revision == null || !revision.matches("\\d{1,18}") ? 0 : Long.parseLong(revision);
    }

    private static PodSpec spec(ReplicaSet replicaSet) {
        return replicaSet.getSpec().getTemplate().getSpec();
    }
}
