package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * OOMKilled with another exit code than SIGKILL's: the runtime reports the reason for any OOM in the container's cgroup,
 * also of a child that the main process survived (containerd, internal/cri/server/events.go; kubernetes#140718).
 */
public final class OomNotCertain implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return MemoryFacts.of(evidence)
                .filter(m -> !m.killedOutright() && !m.tooSmallToStart())
                .map(m -> says(
                        Cause.OOM_NOT_CERTAIN,
                        Confidence.of(Kind.OPEN).value(),
                        "Reported as OOMKilled, but exit code %d is not a kill: a child process, or a count left over."
                                .formatted(m.oom().last().exitCode()),
                        List.of(m.status()),
                        Action.None.of(Cause.OOM_NOT_CERTAIN)));
    }
}
