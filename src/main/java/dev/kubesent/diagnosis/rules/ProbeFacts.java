package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the probe rules share: the kill, why the probe failed, and what it is told to ask.
 *
 * @param why what the kubelet said of the last failing probe
 */
record ProbeFacts(CrashFacts crash, Quote kill, Quote why, Probe probe, boolean isStartup) {

    /** For the kubelet's own clock, which starts a probe anywhere within its period. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final long USUAL_GRACE = 30;

    static Optional<ProbeFacts> of(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(crash -> ProbeKills.of(evidence).stream()
                        .findFirst()
                        .flatMap(kill -> ProbeKills.failures(evidence).stream()
                                .findFirst()
                                .flatMap(why -> of(crash, kill, why))));
    }

    private static Optional<ProbeFacts> of(CrashFacts crash, Quote kill, Quote why) {
        var isStartup = kill.text().contains("startup probe");
        var container = crash.evidence().container();
        var probe = isStartup ? container.getStartupProbe() : container.getLivenessProbe();
        return Optional.ofNullable(probe).map(found -> new ProbeFacts(crash, kill, why, found, isStartup));
    }

    boolean says(Pattern text) {
        return text.matcher(why.text()).find();
    }

    List<Quote> quotes() {
        return List.of(kill, why, crash.status());
    }

    /** A kill that the kubelet tells of, the probe's own words for it, and an end that fits a kill. */
    Confidence confidence() {
        return Confidence.of(Kind.SENTENCE)
                .agreeing(true) // why: the probe's own failure
                .agreeing(crash.endFitsAKill())
                .contradicted(!crash.endFitsAKill());
    }

    /** As a number; empty where it is a name that the container does not declare. */
    Optional<Integer> port() {
        return Stream.of(
                        Optional.ofNullable(probe.getHttpGet()).map(get -> get.getPort()),
                        Optional.ofNullable(probe.getTcpSocket()).map(socket -> socket.getPort()),
                        Optional.ofNullable(probe.getGrpc()).map(grpc -> new IntOrString(grpc.getPort())))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(this::number);
    }

    private Optional<Integer> number(IntOrString port) {
        if (port.getIntVal() != null) {
            return Optional.of(port.getIntVal());
        }
        return ports().filter(declared -> Objects.equals(declared.getName(), port.getStrVal()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    Stream<ContainerPort> ports() {
        Container container = crash.evidence().container();
        return container.getPorts().stream();
    }

    /** What the program says of its own start. */
    StartWords words() {
        return new StartWords(crash.log());
    }

    /** From the start until the last failure that was one too many: initialDelay + period × threshold (Kubernetes' defaults 0, 10, 3). */
    Duration allowed() {
        return Duration.ofSeconds(orElse(probe.getInitialDelaySeconds(), 0)
                + (long) orElse(probe.getPeriodSeconds(), 10) * orElse(probe.getFailureThreshold(), 3));
    }

    private static int orElse(Integer given, int otherwise) {
        return given == null || given == 0 ? otherwise : given;
    }

    /**
     * Whether it ended as early as a probe that failed from the beginning ends it: the end comes up to the grace period after the kill. A
     * container that lived longer has answered its probe once.
     */
    boolean neverPassed() {
        return lived().filter(lived -> lived.compareTo(allowed().plus(grace()).plus(SLACK)) <= 0)
                .isPresent();
    }

    private Duration grace() {
        return Duration.ofSeconds(Objects.requireNonNullElse(
                crash.evidence().pod().getSpec().getTerminationGracePeriodSeconds(), USUAL_GRACE));
    }

    /** How long the container ran, whose end comes up to the grace period after the kill. */
    Optional<Duration> lived() {
        return crash.last().lived();
    }
}
