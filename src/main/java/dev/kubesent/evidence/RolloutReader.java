package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.RolloutFacts.Failing;
import dev.kubesent.evidence.RolloutFacts.Life;
import dev.kubesent.evidence.revision.Census;
import dev.kubesent.evidence.revision.Census.Seen;
import dev.kubesent.evidence.revision.KeptRevision;
import dev.kubesent.evidence.revision.Revision;
import dev.kubesent.evidence.revision.TemplateChanges;
import dev.kubesent.failure.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the rollout that made the failing pod changed, often the whole answer; and how the pods of the other revisions do. */
public final class RolloutReader {

    /** A failure that comes later than this is hardly the rollout's. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final ClusterReader cluster;
    private final Clock clock;

    public RolloutReader(ClusterReader cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    public RolloutFacts facts(Failure failure, Pod pod, OwnerChain owners) {
        var top = owners.knownTop();
        if (top.isEmpty()) {
            return RolloutFacts.NONE;
        }
        return switch (top.get().kind()) {
            case DEPLOYMENT -> facts(failure, pod, KeptRevision.TEMPLATE_HASH, top.get());
            case STATEFUL_SET, DAEMON_SET -> facts(failure, pod, KeptRevision.REVISION_HASH, top.get());
            // Their pods do not follow the template, or are made anew for each run.
            case REPLICA_SET,
                    REPLICATION_CONTROLLER,
                    JOB,
                    CRON_JOB,
                    POD,
                    KNATIVE_REVISION,
                    KNATIVE_CONFIGURATION,
                    KNATIVE_SERVICE -> RolloutFacts.NONE;
        };
    }

    private RolloutFacts facts(Failure failure, Pod pod, String label, OwnerChain.Known top) {
        var hash = KeptRevision.label(pod, label);
        var kept = KeptRevision.all(cluster, top.object());
        var own = kept.stream().filter(one -> one.hash().equals(hash)).findFirst();
        var newest = kept.stream().max(Comparator.comparingLong(KeptRevision::number));
        if (hash.isEmpty() || own.isEmpty()) {
            return RolloutFacts.NONE;
        }
        var changes = isFresh(pod) ? changes(own.get(), kept) : List.<String>of();
        if (own.get() != newest.get() || failure instanceof Failure.OomKilled) {
            // Nobody goes back for memory, nor from what is being left already: the pods of all need not be read.
            return new RolloutFacts(
                    changes, Optional.empty(), Life.LIVED, Failing.SEVERAL, List.of(), "", Optional.empty());
        }
        var census = Census.of(cluster, top.object(), kept, hash, clock.instant());
        var revision = census.revision(own.get());
        var earlier = kept.stream()
                .filter(one -> one != own.get())
                .map(census::revision)
                .toList();
        return new RolloutFacts(
                changes,
                Optional.of(revision),
                life(revision, own.get(), census, top),
                census.isWhole(own.get()) ? failing(census.pods(own.get()), revision.steady()) : Failing.SEVERAL,
                earlier,
                top.object().getMetadata().getUid(),
                changes.isEmpty() || top.kind() != WorkloadKind.DEPLOYMENT ? Optional.empty() : replaced(earlier));
    }

    private static Optional<Revision> replaced(List<Revision> earlier) {
        return earlier.stream().anyMatch(one -> one.ready() > 0)
                ? Optional.empty()
                : earlier.stream()
                        .max(Comparator.comparingLong(Revision::number))
                        .filter(one -> one.failing() == 0);
    }

    /** Where not all of its pods were looked at, one of the others may have lived: then nobody goes back. */
    private static Life life(Revision revision, KeptRevision own, Census census, OwnerChain.Known top) {
        if (revision.steady() > 0
                || !census.isWhole(own)
                || census.pods(own).stream().anyMatch(Seen::hasLived)) {
            return Life.LIVED;
        }
        return revision.ready() > 0 || isComplete(own, top) ? Life.READY_AT_ONCE : Life.NEVER_READY;
    }

    /** What is neither steady nor failing may fail in a moment. @param own pods of the newest revision, all of them */
    private static Failing failing(List<Seen> own, int steady) {
        var failing = own.stream().filter(Seen::isFailing).toList();
        if (failing.isEmpty() || steady + failing.size() < own.size()) {
            return Failing.SEVERAL;
        }
        if (failing.size() == 1) {
            return Failing.ONE;
        }
        var nodes = failing.stream().map(Seen::node).collect(Collectors.toSet());
        var others = own.stream().filter(pod -> !pod.isFailing()).map(Seen::node);
        return nodes.size() == 1 && !nodes.contains("") && others.noneMatch(nodes::contains)
                ? Failing.ALL_OF_ONE_NODE
                : Failing.SEVERAL;
    }

    /** Whether its controller once had all pods of it ready: Deployment and StatefulSet keep a word of that. */
    private static boolean isComplete(KeptRevision own, OwnerChain.Known top) {
        if (top.kind() == WorkloadKind.STATEFUL_SET) {
            return own.name().equals(top.object().<Object>get("status", "currentRevision"));
        }
        return top.object().<Object>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && "NewReplicaSetAvailable".equals(condition.get("reason"))
                                && String.valueOf(condition.get("message")).contains("\"" + own.name() + "\""));
    }

    private List<String> changes(KeptRevision own, List<KeptRevision> all) {
        return Optional.of(own)
                .filter(revision -> isFresh(revision.object()))
                .flatMap(after -> all.stream()
                        .filter(other -> other.number() < after.number())
                        .max(Comparator.comparingLong(KeptRevision::number))
                        .map(before -> TemplateChanges.between(before.template(), after.template())))
                .orElse(List.of());
    }

    private boolean isFresh(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return created == null || Instant.parse(created).plus(FRESH).isAfter(clock.instant());
    }
}
