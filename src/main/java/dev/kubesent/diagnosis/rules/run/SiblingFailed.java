package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refused on localhost, where another container of the pod should listen that fails itself: this one is its victim. */
public final class SiblingFailed implements Rule {

    private static final List<String> STARTING = List.of("ContainerCreating", "PodInitializing");
    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(crash -> Findings.of(crash).stream()
                        .filter(finding -> finding.cause() == Cause.DEPENDENCY_REFUSES)
                        .filter(finding -> LOCAL.contains(finding.match().raw("host")))
                        .reduce((_, last) -> last)
                        .flatMap(finding -> failing(evidence).map(sibling -> says(crash, finding, sibling))));
    }

    private Diagnosis says(CrashFacts crash, Finding sign, ContainerStatus sibling) {
        return says(
                Cause.SIBLING_FAILED,
                Confidence.of(Kind.SAID)
                        .agreeing(crash.endedByItself())
                        .agreeing(!sign.isContradicted())
                        .agreeing(
                                declares(crash.evidence(), sibling, sign.match().raw("port")))
                        .contradicted(sign.isOvercome() || sign.isContradicted())
                        .value(),
                "It needs container %s of the same pod, which fails itself: that one is the cause."
                        .formatted(sibling.getName()),
                List.of(
                        sign.quote(),
                        new Quote(Source.STATUS, "container " + sibling.getName() + ": " + state(sibling))),
                Action.None.of(Cause.SIBLING_FAILED));
    }

    /** A sidecar, or another ordinary container, that is not up; of init containers only those that stay. */
    private static Optional<ContainerStatus> failing(Evidence evidence) {
        var status = evidence.pod().getStatus();
        var sidecars = evidence.pod().getSpec().getInitContainers().stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .map(Container::getName)
                .toList();
        return Stream.concat(
                        status.getInitContainerStatuses().stream().filter(init -> sidecars.contains(init.getName())),
                        status.getContainerStatuses().stream())
                .filter(other ->
                        !other.getName().equals(evidence.failure().subject().container()))
                .filter(other -> !state(other).isEmpty())
                .findFirst();
    }

    /** How it fails; empty where it does not: what runs and is ready is well, whatever it did before. */
    private static String state(ContainerStatus container) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return "";
        }
        return state(container.getState())
                .or(() -> state(container.getLastState()))
                .orElse("");
    }

    private static Optional<String> state(@Nullable ContainerState state) {
        if (state == null) {
            return Optional.empty();
        }
        var waiting = state.getWaiting();
        if (waiting != null && waiting.getReason() != null && !STARTING.contains(waiting.getReason())) {
            return Optional.of(waiting.getReason());
        }
        var ended = state.getTerminated();
        return ended != null && ended.getExitCode() != null && ended.getExitCode() != 0
                ? Optional.of("%s, exit code %d".formatted(ended.getReason(), ended.getExitCode()))
                : Optional.empty();
    }

    /** Whether it says that it is the one who listens there. */
    private static boolean declares(Evidence evidence, ContainerStatus sibling, String port) {
        return evidence.containers()
                .filter(container -> container.getName().equals(sibling.getName()))
                .flatMap(container -> container.getPorts().stream())
                .anyMatch(
                        declared -> String.valueOf(declared.getContainerPort()).equals(port));
    }
}
