package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.Obstacle;
import dev.kubesent.failure.Failure.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the rules of pods that do not start share: what the scheduler says in the condition, and the kubelet in events only. */
record PendingFacts(Pending pending, List<Said> texts) {

    private static final Set<String> OF_THE_SCHEDULER = Set.of("FailedScheduling");

    private static final Set<String> OF_THE_NODE = Set.of(
            "FailedMount",
            "FailedAttachVolume",
            "FailedMapVolume",
            "FailedCreatePodSandBox",
            "FailedPodSandBoxStatus",
            "NetworkNotReady");

    /** Of one pod the kubelet tells 25 events, and then one in 5 minutes (client-go, EventSourceObjectSpamFilter): what is far older was overcome. */
    private static final Duration STILL_SAID = Duration.ofMinutes(25);

    static Optional<PendingFacts> of(Evidence evidence) {
        return switch (evidence.failure()) {
            case Pending pending -> Optional.of(new PendingFacts(pending, texts(evidence, pending)));
            case Failure.CrashLoop _, Failure.ImagePull _, Failure.OomKilled _ -> Optional.empty();
        };
    }

    /**
     * What was said last, and says why. Of the kubelet's retries "Unable to attach or mount volumes" only says that there were some; whatever
     * else was said before the last word may have been overcome: a sandbox is made only when all volumes are mounted.
     */
    boolean isLast(Said said) {
        return texts.stream()
                .filter(text -> !text.raw().contains("Unable to attach or mount volumes"))
                .findFirst()
                .map(said::equals)
                .orElse(true);
    }

    Obstacle obstacle() {
        return pending.obstacle();
    }

    /** The latest first: what was said before may have been overcome. */
    private static List<Said> texts(Evidence evidence, Pending pending) {
        var reasons = switch (pending.obstacle()) {
            case NO_NODE -> OF_THE_SCHEDULER;
            case NOT_SET_UP -> OF_THE_NODE;
        };
        var condition = pending.message().isEmpty()
                ? Stream.<Said>empty()
                : Stream.of(
                        new Said(pending.message(), new Quote(Source.STATUS, "PodScheduled: " + pending.message())));
        var events = evidence.events().present().orElse(List.of()).reversed().stream()
                .sorted(Comparator.comparing(
                                (ObservedEvent event) -> event.last().orElse(Instant.MIN))
                        .reversed())
                .filter(event -> reasons.contains(event.reason()))
                // The scheduler's series keeps its first words with a fresh time: only the condition has the last ones.
                .filter(event ->
                        pending.message().isEmpty() || pending.message().equals(event.message()))
                .filter(event -> !event.isOver(pending.since())
                        && !event.isOver(evidence.takenAt().minus(STILL_SAID)))
                .map(ObservedEvent::toString)
                .distinct()
                .map(text -> new Said(text, new Quote(Source.EVENTS, text)));
        return Stream.concat(condition, events).toList();
    }
}
