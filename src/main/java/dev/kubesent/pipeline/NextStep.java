package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.incident.Incidents;
import dev.kubesent.report.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What is to be done next about an incident that was taken just now. */
record NextStep(
        ClusterReader reader, EvidenceReader evidence, Healer healer, Verifier verifier, Stages stages, Clock clock) {

    /** What was read of a pod before the work on it waited for longer says too little about now. */
    private static final Duration OLD = Duration.ofMinutes(1);

    /** The first step of a failure that was just seen. @param known what was read of the pod, just now; asked for when its turn has come */
    UnaryOperator<Incident> first(Failure failure, Supplier<Beforehand> known) {
        var read = clock.instant();
        return ours -> ours.progress().hasBegun() || !read.plus(OLD).isBefore(clock.instant())
                ? heal(ours, failure, known.get())
                : judgeAnew(ours);
    }

    private Incident heal(Incident ours, Failure failure, Beforehand known) {
        return healer.heal(ours, failure, known.owners().pod(), known);
    }

    /** An act that has begun is finished whatever the pod looks like; else the pod as it is now is judged. */
    Incident next(Incident ours) {
        var status = ours.progress();
        return switch (status.phase()) {
            case Verifying, Undoing -> stages.in(Stage.VERIFICATION, ours, () -> verifier.goOn(ours));
            case Opened,
                    Diagnosed,
                    NoAutomaticFix,
                    Refused,
                    Waiting,
                    Proposed,
                    Acting,
                    Healed,
                    Failed,
                    Superseded,
                    Closed -> status.hasBegun() ? healer.resume(ours) : judgeAnew(ours);
        };
    }

    private Incident judgeAnew(Incident ours) {
        return ours.pod()
                .flatMap(pod -> reader.get(Pod.class, ours.getMetadata().getNamespace(), pod))
                .flatMap(live -> judgeAnew(ours, live))
                .orElseGet(() -> healer.close(ours));
    }

    /** Empty where the pod does not show the failure that this incident is about. */
    private Optional<Incident> judgeAnew(Incident ours, Pod live) {
        var owners = evidence.owners(live);
        return Failures.news(live, clock.instant()).stream()
                .filter(failure -> Incidents.nameOf(failure, live, owners.controller())
                        .equals(ours.getMetadata().getName()))
                .findFirst()
                .map(failure -> healer.heal(ours, failure, live, new Beforehand(owners, Optional.empty())));
    }
}
