package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.run.ProbeKills;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.OomKilled;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What the memory rules share: the OOM kill, and the facts around it. */
record MemoryFacts(OomKilled oom, Optional<Memory> limit, Evidence evidence) {

    static Optional<MemoryFacts> of(Evidence evidence) {
        return evidence.failure().oom().map(oom -> new MemoryFacts(oom, limit(evidence), evidence));
    }

    /** The kernel ends a process that it kills for memory with SIGKILL, and with nothing else. */
    boolean killedOutright() {
        return oom.last().exitCode() == 137;
    }

    boolean tooSmallToStart() {
        return oom.last().message().contains("container init was OOM-killed");
    }

    /** Whether the node itself was short of memory; empty where the node could not be read. */
    Optional<Boolean> nodeShort() {
        return evidence.node().present().map(MemoryFacts::isShort);
    }

    /** Whether both that could contradict an OOM at the limit were read: the node, and the events that tell of a probe's kill. */
    boolean nothingUnread() {
        return evidence.node().present().isPresent()
                && evidence.events().present().isPresent();
    }

    /** The limit that the pod's containers share; empty where each has its own, or none. */
    Optional<Memory> podLimit() {
        return Optional.ofNullable(evidence.pod().getSpec().getResources())
                .map(r -> r.getLimits())
                .map(l -> l.get("memory"))
                .map(Memory::of);
    }

    /** Whether the container's own limit is the one that it meets first. */
    boolean isBelowThePods() {
        return podLimit().filter(pod -> limit.filter(pod::exceeds).isEmpty()).isEmpty();
    }

    boolean killedByProbe() {
        return !ProbeKills.of(evidence).isEmpty();
    }

    /** Raises that were made and did not last. */
    List<History.Raised> raises() {
        return evidence.history()
                .present()
                .map(h -> h.raises(oom.subject().container()))
                .orElse(List.of());
    }

    Quote status() {
        return new Quote(
                Source.STATUS,
                "container %s terminated: reason %s, exit code %d"
                        .formatted(
                                oom.subject().container(),
                                oom.last().reason(),
                                oom.last().exitCode()));
    }

    Quote limitQuote() {
        return new Quote(
                Source.SPEC, limit.map(l -> "resources.limits.memory: " + l).orElse("no memory limit"));
    }

    Quote nodeQuote() {
        return new Quote(
                Source.NODE,
                switch (evidence.node()) {
                    case Reading.Missing<NodeFacts> m -> "not read: " + m.why();
                    case Reading.Unasked<NodeFacts> _ -> "not read";
                    case Reading.Present<NodeFacts>(var node) ->
                        isShort(node) ? node.name() + ": " + node.troubles() : node.name() + ": no memory pressure";
                });
    }

    private static boolean isShort(NodeFacts node) {
        var memory = EnumSet.of(Trouble.MEMORY_PRESSURE, Trouble.SYSTEM_OOM);
        return node.troubles().stream().anyMatch(memory::contains);
    }

    private static Optional<Memory> limit(Evidence evidence) {
        return Optional.ofNullable(evidence.container().getResources())
                .map(r -> r.getLimits())
                .map(l -> l.get("memory"))
                .map(Memory::of);
    }
}
