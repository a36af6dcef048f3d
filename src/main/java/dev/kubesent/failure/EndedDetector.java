package dev.kubesent.failure;

import dev.kubesent.failure.Failure.Ended;
import dev.kubesent.failure.Failure.How;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pod that the kubelet has ended or never took: phase Failed, and a reason of the pod itself. Its containers may say anything by then, or
 * nothing (kubelet 1.35: eviction/helpers.go, kubelet.go rejectPod, nodeshutdown, preemption.go).
 */
final class EndedDetector {

    /** Since 1.27; before that the reasons alone tell. */
    private static final String REJECTED = "Pod was rejected";

    private static final Set<String> REFUSALS = Set.of(
            "UnexpectedAdmissionError",
            "TopologyAffinityError",
            "NodeAffinity",
            "NodeName",
            "NodePorts",
            "AppArmor",
            "TaintToleration",
            "InvalidNodeInfo",
            "SysctlForbidden",
            "PodOSNotSupported",
            "PodOSSelectorNodeLabelDoesNotMatch");

    private EndedDetector() {}

    static Optional<Failure> detect(Pod pod) {
        var status = pod.getStatus();
        if (!"Failed".equals(status.getPhase()) || status.getReason() == null) {
            return Optional.empty();
        }
        var message = ForeignText.message(status.getMessage());
        return how(status.getReason(), message)
                .flatMap(
                        how -> at(pod).map(at -> new Ended(Subjects.first(pod), how, status.getReason(), message, at)));
    }

    private static Optional<How> how(String reason, String message) {
        return switch (reason) {
            case "NodeShutdown" -> Optional.of(How.NODE_SHUT_DOWN);
            case "Terminated", "Shutdown" -> Optional.of(How.NODE_SHUT_DOWN).filter(_ -> message.contains("shut"));
            case "Preempting" -> Optional.of(How.PREEMPTED);
            case "Evicted" -> Optional.of(message.startsWith(REJECTED) ? How.REFUSED : How.EVICTED);
            default ->
                Optional.of(How.REFUSED)
                        .filter(_ -> message.startsWith(REJECTED)
                                || REFUSALS.contains(reason)
                                || reason.startsWith("OutOf"));
        };
    }

    /** The last that its status tells: on a real node an eviction shows in no time of its own but that it is not ready any more. */
    private static Optional<Instant> at(Pod pod) {
        var status = pod.getStatus();
        var conditions = status.getConditions().stream().map(PodCondition::getLastTransitionTime);
        var begun = Optional.ofNullable(status.getStartTime())
                .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()));
        var ended = Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(List::stream)
                .flatMap(EndedDetector::finished);
        return Stream.concat(
                        Stream.concat(conditions, begun.stream())
                                .filter(Objects::nonNull)
                                .map(Instant::parse),
                        ended)
                .max(Comparator.naturalOrder());
    }

    private static Stream<Instant> finished(ContainerStatus container) {
        var ended = container.getState() == null ? null : container.getState().getTerminated();
        return Stream.ofNullable(ended).map(Termination::of).flatMap(end -> end.finished().stream());
    }
}
