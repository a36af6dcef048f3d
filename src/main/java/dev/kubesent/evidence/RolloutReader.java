package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the last rollout changed, where the failing pod is of it and it is fresh: often the whole answer. */
final class RolloutReader {

    /** A failure that comes later than this is hardly the rollout's. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String REVISION_HASH = "controller-revision-hash";

    private final ClusterReader cluster;
    private final Clock clock;

    RolloutReader(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** One state of a workload's template, as its controller keeps it. */
    private record Revision(HasMetadata kept, long number, JsonNode template) {

        String name() {
            return kept.getMetadata().getName();
        }
    }

    /** @return nothing where there was no revision before, or the rollout is long over */
    List<String> changes(Pod pod, OwnerChain owners) {
        var top = owners.knownTop();
        if (top.isEmpty()) {
            return List.of();
        }
        return switch (top.get().kind()) {
            case DEPLOYMENT -> changes(pod, replicaSet(owners), top.get());
            case STATEFUL_SET, DAEMON_SET -> changes(pod, hash(pod), top.get());
            // Their pods do not follow the template, or are made anew for each run.
            case REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB, POD -> List.of();
        };
    }

    private static String replicaSet(OwnerChain owners) {
        return owners.links().getFirst().ref().name();
    }

    /** The name of a StatefulSet's revision; the end of the name of a DaemonSet's. */
    private static String hash(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(REVISION_HASH), "");
    }

    private List<String> changes(Pod pod, String current, OwnerChain.Known top) {
        if (current.isEmpty() || !isFresh(pod)) {
            return List.of();
        }
        var revisions = revisions(top);
        return revisions.stream()
                .filter(revision ->
                        revision.name().equals(current) || revision.name().endsWith("-" + current))
                .findFirst()
                .filter(revision -> isFresh(revision.kept()))
                .flatMap(after -> revisions.stream()
                        .filter(other -> other.number() < after.number())
                        .max(Comparator.comparingLong(Revision::number))
                        .map(before -> TemplateChanges.between(before.template(), after.template())))
                .orElse(List.of());
    }

    private boolean isFresh(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return created == null || Instant.parse(created).plus(FRESH).isAfter(clock.instant());
    }

    private List<Revision> revisions(OwnerChain.Known top) {
        var namespace = top.ref().namespace();
        var labels = MatchLabels.of(top.object());
        if (labels.isEmpty()) {
            return List.of(); // it would be those of the whole namespace, each with a template
        }
        var kept = top.kind() == WorkloadKind.DEPLOYMENT
                ? cluster.list(ReplicaSet.class, namespace, labels).stream().map(RolloutReader::of)
                : cluster.list(ControllerRevision.class, namespace, labels).stream()
                        .map(RolloutReader::of);
        return kept.filter(revision -> revision.kept().getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(top.object().getMetadata().getUid())))
                .toList();
    }

    private static Revision of(ReplicaSet replicaSet) {
        var annotations = replicaSet.getMetadata().getAnnotations();
        var revision = Optional.ofNullable(annotations == null ? null : annotations.get(REVISION))
                .filter(text -> text.matches("\\d{1,18}"));
        return new Revision(
                replicaSet,
                revision.map(Long::parseLong).orElse(0L),
                KubernetesJson.tree(replicaSet).at("/spec/template"));
    }

    /** Its data is the patch that would bring the workload back to it. */
    private static Revision of(ControllerRevision revision) {
        return new Revision(
                revision, revision.getRevision(), KubernetesJson.tree(revision).at("/data/spec/template"));
    }
}
