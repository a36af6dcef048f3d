package dev.kubesent.gate.bounds;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.time.Skew;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many workloads fail together. What fails in the namespace at hand counts whole, of each other one only a part: whoever can make
 * much fail in one namespace stops the healing there, and nowhere else.
 */
public final class StormGauge {

    /** Where a storm is written down, in KubeSent's own namespace. */
    public static final String RECORD = "kubesent-storm";

    /** In it: when it was last seen blowing; of a namespace, with a dot and its name behind. */
    public static final String LAST = "last";

    /** Below it a share says nothing; Amazon EKS's node repair draws the same line (research/remedies.md, 6). */
    private static final int SHARE_COUNTS_ABOVE = 5;

    /** Namespaces without which it is no storm of the cluster; each counts for as much of it at most. */
    private static final int NAMESPACES = 3;

    private final ClusterReader cluster;
    private final FailingTogether failing;
    private final WorkloadsInScope scope;
    private final GatePolicy policy;
    private final Clock clock;

    public StormGauge(ClusterReader cluster, GatePolicy policy, Clock clock) {
        this.cluster = cluster;
        this.failing = new FailingTogether(cluster, clock);
        this.scope = new WorkloadsInScope(cluster, clock);
        this.policy = policy;
        this.clock = clock;
    }

    public sealed interface Reading {}

    public record Calm() implements Reading {}

    public record Blowing(Extent extent, String what) implements Reading {}

    /** It blows no more, but did a short while ago. */
    public record Passing(Instant until) implements Reading {}

    public enum Extent {
        /** Nothing is changed in the namespace at hand. */
        NAMESPACE,
        /** Nothing is changed anywhere. */
        CLUSTER;

        /** What its entries in the record are called, after their own name. */
        public String suffix(String namespace) {
            return switch (this) {
                case NAMESPACE -> "." + namespace;
                case CLUSTER -> "";
            };
        }
    }

    /** @param namespace of the workload at hand, which fails too, whatever its incident says yet */
    public Reading read(String namespace) {
        var count = policy.breakers().stormCount();
        var own = failing.in(namespace, count + 1);
        if (own.size() > count) {
            return new Blowing(
                    Extent.NAMESPACE,
                    "%d workloads of %s fail together, more than %d".formatted(own.size(), namespace, count));
        }
        var together = new Together(own, failing.outside(namespace));
        return tooMany(together).or(() -> tooLarge(together, namespace)).orElseGet(() -> passing(namespace));
    }

    /** @param others by namespace */
    private record Together(Set<String> own, Map<String, Set<String>> others) {

        Together counted() {
            var others = new HashMap<String, Set<String>>();
            this.others.forEach((namespace, all) -> others.put(namespace, counted(all)));
            return new Together(counted(own), others);
        }

        private static Set<String> counted(Set<String> workloads) {
            return Set.copyOf(
                    workloads.stream().filter(WorkloadsInScope::counts).toList());
        }

        long namespaces() {
            return Stream.concat(Stream.of(own), others.values().stream())
                    .filter(all -> !all.isEmpty())
                    .count();
        }

        /** @param most that one of the others counts for */
        long sum(long most) {
            return own.size()
                    + others.values().stream()
                            .mapToLong(Collection::size)
                            .map(size -> Math.min(size, most))
                            .sum();
        }
    }

    private Optional<Reading> tooMany(Together together) {
        var count = policy.breakers().stormCount();
        var most = part(count);
        var sum = together.sum(most);
        return together.namespaces() < NAMESPACES || sum <= count
                ? Optional.empty()
                : Optional.of(new Blowing(
                        Extent.CLUSTER,
                        "%d workloads of %d namespaces fail together, more than %d; of each other namespace at most %d count"
                                .formatted(sum, together.namespaces(), count, most)));
    }

    /** Counted only when it could matter: it costs some calls. */
    private Optional<Reading> tooLarge(Together together, String namespace) {
        var share = policy.breakers().stormShare();
        var counted = together.counted();
        var own = counted.own().size();
        if (share >= 100 || own < 2 && counted.namespaces() < NAMESPACES) {
            return Optional.empty();
        }
        // From so many on, more than the share are more than the count.
        var all = scope.count(namespace, policy.breakers().stormCount() * 100L / share + 1);
        if (all <= SHARE_COUNTS_ABOVE) {
            return Optional.empty();
        }
        if (own >= 2 && own * 100L > all * share) {
            return Optional.of(new Blowing(Extent.NAMESPACE, ofAll(own, all)));
        }
        var sum = counted.sum(part(all * share / 100));
        return counted.namespaces() >= NAMESPACES && sum * 100 > all * share
                ? Optional.of(new Blowing(Extent.CLUSTER, ofAll(sum, all)))
                : Optional.empty();
    }

    private String ofAll(long failing, long all) {
        return "%d of %d workloads fail together, more than %d %%"
                .formatted(failing, all, policy.breakers().stormShare());
    }

    /** Of what makes a storm, what one namespace counts for in another. */
    private static long part(long storm) {
        return Math.max(1, Math.ceilDiv(storm, NAMESPACES));
    }

    private Reading passing(String namespace) {
        var record = cluster.get(ConfigMap.class, policy.ownNamespace(), RECORD)
                .map(found -> Objects.requireNonNullElse(found.getData(), Map.<String, String>of()))
                .orElse(Map.of());
        return Stream.of(Extent.values())
                .flatMap(extent -> Stream.ofNullable(record.get(LAST + extent.suffix(namespace))))
                .flatMap(text -> time(text).stream())
                .filter(last -> Skew.isWithin(last, policy.breakers().stormCoolDown(), clock.instant()))
                .map(last -> last.plus(policy.breakers().stormCoolDown()))
                .max(Instant::compareTo)
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
}
