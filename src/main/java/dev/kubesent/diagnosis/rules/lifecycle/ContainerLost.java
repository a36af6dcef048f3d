package dev.kubesent.diagnosis.rules.lifecycle;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Termination;
import java.util.List;
import java.util.Optional;

/**
 * How the run ended, nobody saw: the node, its runtime or its kubelet was restarted. containerd writes Unknown and 255 for a container that it finds
 * gone (internal/cri/server/restart.go), the kubelet ContainerStatusUnknown and 137 (kubelet_pods.go). Neither number is the program's.
 */
public final class ContainerLost implements Rule {

    /** Whether nothing about the program, or what it needs, can be read from how it ended. */
    public static boolean isLost(Termination end) {
        return switch (end.reason()) {
            case "Unknown" -> end.exitCode() == 255;
            case "ContainerStatusUnknown" -> end.exitCode() == 137;
            // The word of Docker's runtime for a container that it could not start; why, the message says where there
            // is one.
            case "ContainerCannotRun" -> end.message().isBlank();
            default -> false;
        };
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof CrashLoop crash && isLost(crash.last())
                ? Optional.of(says(
                        Cause.CONTAINER_LOST,
                        Confidence.of(Kind.FIELD).agreeing(true).value(),
                        "The node lost track of the container (%s): it, its runtime or its kubelet was restarted. That says nothing about the program."
                                .formatted(crash.last().reason()),
                        List.of(quote(crash)),
                        Action.None.of(Cause.CONTAINER_LOST)))
                : Optional.empty();
    }

    private static Quote quote(CrashLoop crash) {
        return new Quote(Source.STATUS, crash.last().of(crash.subject().container()));
    }
}
