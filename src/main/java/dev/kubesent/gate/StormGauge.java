package dev.kubesent.gate;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.gate.GatePolicy.Breakers;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many workloads fail together, as the incidents of the whole cluster tell. */
public final class StormGauge {

    /** Where a storm is written down, in KubeSent's own namespace. */
    public static final String RECORD = "kubesent-storm";

    /** In it: when it was last seen blowing. */
    public static final String LAST = "last";

    /** Failing together: the kubelet's longest back-off between two restarts is five minutes. */
    private static final Duration TOGETHER = Duration.ofMinutes(6);

    /** What has failed for longer is nobody's news, and no reason to leave the others alone. */
    private static final Duration CHRONIC = Duration.ofHours(24);

    /** Below it a share says nothing; Amazon EKS's node repair draws the same line (research/remedies.md, 6). */
    private static final int SHARE_COUNTS_ABOVE = 5;

    private static final List<Class<? extends HasMetadata>> COUNTED =
            List.of(Deployment.class, StatefulSet.class, DaemonSet.class, CronJob.class);

    private static final Set<String> COUNTED_KINDS =
            COUNTED.stream().map(HasMetadata::getKind).collect(Collectors.toSet());

    private final ClusterReader cluster;
    private final GatePolicy policy;
    private final Clock clock;

    StormGauge(ClusterReader cluster, GatePolicy policy, Clock clock) {
        this.cluster = cluster;
        this.policy = policy;
        this.clock = clock;
    }

    public sealed interface Reading {}

    public record Calm() implements Reading {}

    public record Blowing(String what) implements Reading {}

    /** It blows no more, but did a short while ago. */
    public record Passing(Instant until) implements Reading {}

    /** @param namespace of the workload at hand, which fails too, whatever its incident says yet */
    public Reading read(String namespace) {
        var failing = cluster.list(Incident.class, "").stream()
                .filter(this::failsNow)
                .map(i -> new Workload(
                        i.getMetadata().getNamespace(), i.progress().workload()))
                .collect(Collectors.toSet());
        return tooMany(failing)
                .or(() -> tooLarge(failing, namespace))
                .<Reading>map(Blowing::new)
                .orElseGet(this::passing);
    }

    private Optional<String> tooMany(Set<Workload> failing) {
        return failing.size() > policy.breakers().stormCount()
                ? Optional.of("%d workloads fail together, more than %d"
                        .formatted(failing.size(), policy.breakers().stormCount()))
                : Optional.empty();
    }

    /** Counted only when it could matter: it costs some calls. */
    private Optional<String> tooLarge(Set<Workload> failing, String namespace) {
        Breakers breakers = policy.breakers();
        var counted = failing.stream().filter(Workload::isCounted).count();
        if (breakers.stormShare() >= 100 || counted < 2) {
            return Optional.empty();
        }
        var all = inScope(namespace);
        return all > SHARE_COUNTS_ABOVE && counted * 100 > all * breakers.stormShare()
                ? Optional.of("%d of %d workloads fail together, more than %d %%"
                        .formatted(counted, all, breakers.stormShare()))
                : Optional.empty();
    }

    private long inScope(String namespace) {
        return cluster.list(Namespace.class, "").stream()
                .filter(ns -> ns.getMetadata().getName().equals(namespace) || isOptedIn(ns))
                .mapToLong(ns -> counted(ns.getMetadata().getName()))
                .sum();
    }

    /** None where the label is there and no RoleBinding: nothing fails there that we know of, either. */
    private long counted(String namespace) {
        try {
            return COUNTED.stream()
                    .mapToLong(type -> cluster.count(type, namespace))
                    .sum();
        } catch (ClusterException e) {
            if (e.isForWantOfARight()) {
                return 0;
            }
            throw e;
        }
    }

    private static boolean isOptedIn(Namespace namespace) {
        var labels = Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.<String, String>of());
        return "enabled".equals(labels.get("kubesent.dev/heal"));
    }

    /** Pods that find no room are a full cluster, which keeps nobody from healing what runs. */
    private boolean failsNow(Incident incident) {
        IncidentStatus status = incident.progress();
        if (incident.getSpec().failure() == FailureKind.Pending) {
            return false;
        }
        return switch (status.phase()) {
            case Opened, Diagnosed, Refused, Proposed, Acting, Verifying, Undoing, Failed ->
                status.seen() != null
                        && !status.workload().isEmpty()
                        && within(TOGETHER, status.seen().last())
                        && within(CHRONIC, status.seen().first());
            case Healed, Superseded, Closed -> false;
        };
    }

    /** Whoever may write a status may leave its times out. */
    private boolean within(Duration window, @Nullable Instant time) {
        return time != null && time.plus(window).isAfter(clock.instant());
    }

    private Reading passing() {
        return cluster.get(ConfigMap.class, policy.ownNamespace(), RECORD)
                .map(record -> Objects.requireNonNullElse(record.getData(), Map.<String, String>of())
                        .get(LAST))
                .flatMap(StormGauge::time)
                .map(last -> last.plus(policy.breakers().stormCoolDown()))
                .filter(until -> until.isAfter(clock.instant()))
                .<Reading>map(Passing::new)
                .orElseGet(Calm::new);
    }

    /** Somebody may have edited it; what is no time tells of no storm. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private record Workload(String namespace, String name) {
        boolean isCounted() {
            return COUNTED_KINDS.contains(name.substring(0, Math.max(0, name.indexOf('/'))));
        }
    }
}
