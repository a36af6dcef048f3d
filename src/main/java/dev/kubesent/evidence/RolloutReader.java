package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.MatchLabels;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the rollout that made the failing pod changed, often the whole answer; and how the pods of the other revisions do. */
final class RolloutReader {

    /** A failure that comes later than this is hardly the rollout's. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** A pod that crashes is ready in between, where nothing probes it. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String TEMPLATE_HASH = KeptTemplate.TEMPLATE_HASH;
    private static final String REVISION_HASH = "controller-revision-hash";

    private final ClusterReader cluster;
    private final Clock clock;

    RolloutReader(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** As the controller keeps it. @param hash by which its pods are known */
    private record Kept(HasMetadata object, String hash, long number, JsonNode template) {

        String name() {
            return object.getMetadata().getName();
        }
    }

    RolloutFacts facts(Failure failure, Pod pod, OwnerChain owners) {
        var top = owners.knownTop();
        if (top.isEmpty()) {
            return RolloutFacts.NONE;
        }
        return switch (top.get().kind()) {
            case DEPLOYMENT -> facts(failure, pod, TEMPLATE_HASH, top.get());
            case STATEFUL_SET, DAEMON_SET -> facts(failure, pod, REVISION_HASH, top.get());
            // Their pods do not follow the template, or are made anew for each run.
            case REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB, POD -> RolloutFacts.NONE;
        };
    }

    private RolloutFacts facts(Failure failure, Pod pod, String label, OwnerChain.Known top) {
        var hash = label(pod, label);
        var labels = MatchLabels.of(top.object());
        if (hash.isEmpty() || labels.isEmpty()) {
            return RolloutFacts.NONE; // without labels it would be those of the whole namespace, each with a template
        }
        var kept = kept(top, labels);
        var own = kept.stream().filter(one -> one.hash().equals(hash)).findFirst();
        var newest = kept.stream().max(Comparator.comparingLong(Kept::number));
        if (own.isEmpty()) {
            return RolloutFacts.NONE;
        }
        var changes = isFresh(pod) ? changes(own.get(), kept) : List.<String>of();
        if (own.get() != newest.get() || own.get().number() < 2 || failure instanceof Failure.OomKilled) {
            // Nobody goes back for memory, nor from what is being left already: the pods of all need not be read.
            return new RolloutFacts(changes, Optional.empty(), false, List.of());
        }
        var pods = cluster.list(Pod.class, top.ref().namespace(), labels).stream()
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .toList();
        var revision = revision(own.get(), label, pods);
        return new RolloutFacts(
                changes,
                Optional.of(revision),
                revision.ready() > 0 || isComplete(own.get(), top),
                kept.stream()
                        .filter(one -> one != own.get())
                        .map(one -> revision(one, label, pods))
                        .toList());
    }

    /** Whether its controller once had all pods of it ready: Deployment and StatefulSet keep a word of that. */
    private static boolean isComplete(Kept own, OwnerChain.Known top) {
        if (top.kind() == WorkloadKind.STATEFUL_SET) {
            return own.name().equals(top.object().<Object>get("status", "currentRevision"));
        }
        return top.object().<Object>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && "NewReplicaSetAvailable".equals(condition.get("reason"))
                                && String.valueOf(condition.get("message")).contains("\"" + own.name() + "\""));
    }

    private Revision revision(Kept kept, String label, List<Pod> pods) {
        var own = pods.stream()
                .filter(pod -> label(pod, label).equals(kept.hash()))
                .toList();
        var failing = own.stream().filter(this::isFailing).toList();
        return new Revision(
                kept.name(),
                kept.hash(),
                kept.number(),
                kept.template(),
                (int) own.stream()
                        .filter(pod -> !failing.contains(pod)
                                && isReady(pod, clock.instant().minus(STEADY)))
                        .count(),
                (int) own.stream().filter(pod -> isReady(pod, clock.instant())).count(),
                failing.size());
    }

    private boolean isFailing(Pod pod) {
        return !Failures.of(pod, clock.instant()).isEmpty();
    }

    private static boolean isReady(Pod pod, Instant since) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> "Ready".equals(condition.getType())
                                && "True".equals(condition.getStatus())
                                && condition.getLastTransitionTime() != null
                                && !Instant.parse(condition.getLastTransitionTime())
                                        .isAfter(since));
    }

    private static String label(HasMetadata object, String label) {
        var labels = object.getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(label), "");
    }

    private List<String> changes(Kept own, List<Kept> all) {
        return Optional.of(own)
                .filter(revision -> isFresh(revision.object()))
                .flatMap(after -> all.stream()
                        .filter(other -> other.number() < after.number())
                        .max(Comparator.comparingLong(Kept::number))
                        .map(before -> TemplateChanges.between(before.template(), after.template())))
                .orElse(List.of());
    }

    private boolean isFresh(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return created == null || Instant.parse(created).plus(FRESH).isAfter(clock.instant());
    }

    private List<Kept> kept(OwnerChain.Known top, Map<String, String> labels) {
        var namespace = top.ref().namespace();
        var kept = top.kind() == WorkloadKind.DEPLOYMENT
                ? cluster.list(ReplicaSet.class, namespace, labels).stream().map(RolloutReader::of)
                : cluster.list(ControllerRevision.class, namespace, labels).stream()
                        .map(RolloutReader::of);
        return kept.filter(revision -> revision.object().getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(top.object().getMetadata().getUid())))
                .toList();
    }

    private static Kept of(ReplicaSet replicaSet) {
        var annotations = replicaSet.getMetadata().getAnnotations();
        var revision = Optional.ofNullable(annotations == null ? null : annotations.get(REVISION))
                .filter(text -> text.matches("\\d{1,18}"));
        return new Kept(
                replicaSet,
                label(replicaSet, TEMPLATE_HASH),
                revision.map(Long::parseLong).orElse(0L),
                KeptTemplate.of(replicaSet));
    }

    private static Kept of(ControllerRevision revision) {
        return new Kept(revision, hash(revision), revision.getRevision(), KeptTemplate.of(revision));
    }

    /** Pods of a StatefulSet bear the revision's whole name, those of a DaemonSet its hash; the revision itself, the hash at least. */
    private static String hash(ControllerRevision revision) {
        var isDaemon = revision.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> "DaemonSet".equals(owner.getKind()));
        return isDaemon
                ? label(revision, REVISION_HASH)
                : revision.getMetadata().getName();
    }
}
