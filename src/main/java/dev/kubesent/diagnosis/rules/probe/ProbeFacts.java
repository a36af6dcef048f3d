package dev.kubesent.diagnosis.rules.probe;

import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Chain;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Names;
import dev.kubesent.diagnosis.rules.lifecycle.ContainerLost;
import dev.kubesent.diagnosis.rules.run.ProbeKills;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the probe rules share: the kill, why the probe failed, and what it is told to ask.
 *
 * @param kill what the kubelet said of the kill
 * @param why what it said of the last failing probe; empty where it did not
 */
record ProbeFacts(Evidence evidence, CrashLoop crash, Quote kill, Optional<Quote> why) {

    /** For the kubelet's own clock, which starts a probe anywhere within its period. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final long USUAL_GRACE = 30;

    static Optional<ProbeFacts> of(Evidence evidence) {
        return evidence.failure() instanceof CrashLoop crash && isRun(crash)
                ? ProbeKills.of(evidence).stream()
                        .findFirst()
                        .map(kill -> new ProbeFacts(
                                evidence,
                                crash,
                                kill,
                                ProbeKills.failures(evidence).stream().findFirst()))
                : Optional.empty();
    }

    /** Whether it ran at all, and its end was seen; StartError and the like are of what never did. */
    private static boolean isRun(CrashLoop crash) {
        return crash.last().exitCode() != 128 && !ContainerLost.isLost(crash.last());
    }

    /** The probe's failure, taken apart. */
    List<Heard> heard() {
        return why.stream()
                .map(quote -> new Heard(Chain.of("Unhealthy", quote.text(), Names.of(evidence.pod())), quote))
                .toList();
    }

    boolean isStartup() {
        return kill.text().contains("startup probe");
    }

    /** What the probe is told to ask. */
    Asked asked() {
        return new Asked(evidence.container(), isStartup());
    }

    List<Quote> quotes() {
        return Stream.of(Stream.of(kill), why.stream(), Stream.of(status()))
                .flatMap(some -> some)
                .toList();
    }

    private Quote status() {
        var text = "container %s terminated: reason %s, exit code %d"
                .formatted(crash.subject().container(), last().reason(), last().exitCode());
        return new Quote(Source.STATUS, last().message().isEmpty() ? text : text + ": " + last().message());
    }

    private Termination last() {
        return crash.last();
    }

    List<String> log() {
        return evidence.log().present().orElse(List.of());
    }

    /** A kill that the kubelet tells of, and an end that fits a kill. */
    Confidence confidence(Kind kind) {
        return Confidence.of(kind).agreeing(endFitsAKill()).contradicted(!endFitsAKill());
    }

    /**
     * As after SIGTERM and SIGKILL: 143, 137, 0, or 2, which is what many programs end with when they are told to
     * (research/failures.md, 2.1); unless it is Go's 2, for a panic.
     */
    private boolean endFitsAKill() {
        return switch (last().exitCode()) {
            case 0, 137, 143 -> true;
            case 2 -> log().stream().noneMatch(line -> line.startsWith("panic:"));
            default -> false;
        };
    }

    boolean isHostNetwork() {
        return Boolean.TRUE.equals(evidence.pod().getSpec().getHostNetwork());
    }

    /**
     * Whether it ended as early as a probe that failed from the beginning ends it: the end comes up to the grace period after the kill. A
     * container that lived longer has answered its probe once.
     */
    boolean neverPassed() {
        return last().lived()
                .filter(lived -> lived.compareTo(asked().allowed().plus(grace()).plus(SLACK)) <= 0)
                .isPresent();
    }

    /** Whoever lived longer than a probe that always fails allows was up. */
    boolean wasUp() {
        return last().lived().isPresent() && !neverPassed();
    }

    /** Where a startup probe has passed, the start is over. */
    boolean startIsOver() {
        return !isStartup() && evidence.container().getStartupProbe() != null;
    }

    private Duration grace() {
        return Duration.ofSeconds(
                Objects.requireNonNullElse(evidence.pod().getSpec().getTerminationGracePeriodSeconds(), USUAL_GRACE));
    }
}
