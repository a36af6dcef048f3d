package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Chain;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Names;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.Obstacle;
import dev.kubesent.failure.Failure.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the rules of pods that do not start share: what the scheduler says in the condition, and the kubelet in events only.
 *
 * @param heard the latest first: what was said before may have been overcome
 */
public record PendingFacts(Evidence evidence, Pending pending, List<Heard> heard) {

    private static final Set<String> OF_THE_SCHEDULER = Set.of("FailedScheduling");

    private static final Set<String> OF_VOLUMES =
            Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume", "VolumePermissionChangeInProgress");

    private static final Set<String> OF_THE_SANDBOX =
            Set.of("FailedCreatePodSandBox", "FailedPodSandBoxStatus", "FailedCreatePodContainer", "NetworkNotReady");

    /** Of one pod the kubelet tells 25 events, and then one in 5 minutes (client-go, EventSourceObjectSpamFilter): what is far older was overcome. */
    private static final Duration STILL_SAID = Duration.ofMinutes(25);

    public PendingFacts {
        heard = List.copyOf(heard);
    }

    /** Of a pod that finds no node, or whose volumes and sandbox are not to be had. */
    public static Optional<PendingFacts> of(Evidence evidence, Obstacle obstacle) {
        return evidence.failure() instanceof Pending pending && pending.obstacle() == obstacle
                ? Optional.of(new PendingFacts(evidence, pending, heard(evidence, pending)))
                : Optional.empty();
    }

    /** What was said of volumes. */
    public List<Heard> ofVolumes() {
        return heard.stream()
                .filter(one -> OF_VOLUMES.contains(one.chain().reason()))
                .toList();
    }

    /** What was said of the sandbox and its network. */
    public List<Heard> ofTheSandbox() {
        return heard.stream()
                .filter(one -> OF_THE_SANDBOX.contains(one.chain().reason()))
                .toList();
    }

    /**
     * What was said last, and says why. Of the kubelet's retries "Unable to attach or mount volumes" only says that there were some; whatever
     * else was said before the last word may have been overcome: a sandbox is made only when all volumes are mounted.
     */
    public boolean isLast(Quote quote) {
        return heard.stream()
                .filter(PendingFacts::saysWhy)
                .findFirst()
                .or(() -> heard.stream().findFirst())
                .map(one -> one.quote().equals(quote))
                .orElse(true);
    }

    /** Whether it is more than that there were some tries. */
    public static boolean saysWhy(Heard heard) {
        return heard.chain().cause().isPresent()
                && !heard.chain().message().startsWith("Unable to attach or mount volumes");
    }

    private static List<Heard> heard(Evidence evidence, Pending pending) {
        var names = Names.of(evidence.pod());
        var condition = pending.message().isEmpty()
                ? Stream.<Heard>empty()
                : Stream.of(new Heard(
                        Chain.of("PodScheduled", pending.message(), names),
                        new Quote(Source.STATUS, "PodScheduled: " + pending.message())));
        return Stream.concat(condition, events(evidence, pending, names)).toList();
    }

    private static Stream<Heard> events(Evidence evidence, Pending pending, Names names) {
        return evidence.events().present().orElse(List.of()).reversed().stream()
                .sorted(Comparator.comparing(
                                (ObservedEvent event) -> event.last().orElse(Instant.MIN))
                        .reversed())
                .filter(event -> isOf(event, pending.obstacle()))
                // The scheduler's series keeps its first words with a fresh time: only the condition has the last ones.
                .filter(event ->
                        pending.message().isEmpty() || pending.message().equals(event.message()))
                .filter(event -> !event.isOver(pending.since())
                        && !event.isOver(evidence.takenAt().minus(STILL_SAID)))
                .distinct()
                .map(event -> new Heard(
                        Chain.of(event.reason(), event.message(), names), new Quote(Source.EVENTS, event.toString())));
    }

    private static boolean isOf(ObservedEvent event, Obstacle obstacle) {
        return switch (obstacle) {
            case NO_NODE -> OF_THE_SCHEDULER.contains(event.reason());
            case NOT_SET_UP -> OF_VOLUMES.contains(event.reason()) || OF_THE_SANDBOX.contains(event.reason());
        };
    }
}
