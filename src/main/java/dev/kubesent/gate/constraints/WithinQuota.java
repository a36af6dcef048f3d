package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.bounds.PodMemory;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The namespace's quotas. A template's dry run does not touch them, and the rollout then stops half-way at the quota. What
 * a rollout needs on top for a while is not counted; what it needs in the end is, for every replica.
 */
final class WithinQuota implements Constraint {

    private static final List<String> OF_LIMITS = List.of("limits.memory");
    private static final List<String> OF_REQUESTS = List.of("requests.memory", "memory");

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.raise()
                .flatMap(raise -> judged.knowing(judged.evidence().quotas(), quotas -> within(judged, raise, quotas)));
    }

    private static Optional<Refusal> within(Case judged, MemoryRaise raise, List<ResourceQuota> quotas) {
        var more = new Memory(Math.multiplyExact(each(judged, raise).bytes(), replicas(judged)));
        var limited = raise.request()
                ? Stream.concat(OF_LIMITS.stream(), OF_REQUESTS.stream()).toList()
                : OF_LIMITS;
        return quotas.stream()
                .flatMap(quota -> limited.stream().flatMap(key -> within(quota, key, more).stream()))
                .findFirst();
    }

    private static Optional<Refusal> within(ResourceQuota quota, String key, Memory more) {
        var status = Optional.ofNullable(quota.getStatus());
        var used = amount(status.map(ResourceQuotaStatus::getUsed), key).orElse(new Memory(0));
        return amount(status.map(ResourceQuotaStatus::getHard), key)
                .filter(most -> used.plus(more).exceeds(most))
                .flatMap(most -> Constraint.no(
                        RefusalReason.QUOTA,
                        "ResourceQuota %s has %s of %s %s in use; %s more do not fit"
                                .formatted(quota.getMetadata().getName(), used, most, key, more)));
    }

    private static Optional<Memory> amount(Optional<Map<String, Quantity>> resources, String key) {
        return resources.map(r -> r.get(key)).map(Memory::of);
    }

    /** What a pod needs more than now. Of a Job's pod that was killed for good nothing is in use any more: the next one needs all of it. */
    private static Memory each(Case judged, MemoryRaise raise) {
        return judged.change()
                        .flatMap(change -> WorkloadKind.of(change.target()))
                        .filter(kind -> kind == WorkloadKind.JOB || kind == WorkloadKind.CRON_JOB)
                        .isPresent()
                ? PodMemory.limitsAfter(judged.evidence(), raise)
                : new Memory(Math.max(0, raise.to().bytes() - raise.from().bytes()));
    }

    private static Optional<OwnerChain.Known> top(Case judged) {
        return judged.evidence().owners().present().flatMap(OwnerChain::knownTop);
    }

    /** Pods that the top of the chain wants at a time; one for a bare pod. */
    private static long replicas(Case judged) {
        return top(judged)
                .flatMap(WithinQuota::replicas)
                .map(n -> Math.max(1, n.longValue()))
                .orElse(1L);
    }

    private static Optional<Number> replicas(OwnerChain.Known top) {
        var wanted = switch (top.kind()) {
            case DAEMON_SET -> top.object().<Object>get("status", "desiredNumberScheduled");
            case CRON_JOB -> top.object().<Object>get("spec", "jobTemplate", "spec", "parallelism");
            case JOB -> top.object().<Object>get("spec", "parallelism");
            // How many there will be, the traffic says: the next Revision begins with one.
            case KNATIVE_SERVICE, KNATIVE_CONFIGURATION, KNATIVE_REVISION -> 1;
            case DEPLOYMENT, STATEFUL_SET, REPLICA_SET, REPLICATION_CONTROLLER, POD ->
                top.object().<Object>get("spec", "replicas");
        };
        return wanted instanceof Number number ? Optional.of(number) : Optional.empty();
    }
}
