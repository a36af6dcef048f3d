package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Incidents;
import dev.kubesent.remedy.Outcome;
import dev.kubesent.remedy.Progress;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Optional;

/** What is done about one claimed incident, from the evidence to the report. */
final class Healer {

    /** Times to decide anew when the workload changes between the judgement and the write. */
    private static final int DECISIONS = 3;

    private final ClusterReader reader;
    private final Incidents incidents;
    private final EvidenceReader evidence;
    private final Gate gate;
    private final Remedies remedies;
    private final Reporter reporter;
    private final Story story;
    private final Clock clock;

    Healer(
            ClusterReader reader,
            Incidents incidents,
            EvidenceReader evidence,
            Gate gate,
            Remedies remedies,
            Reporter reporter,
            Clock clock) {
        this.reader = reader;
        this.incidents = incidents;
        this.evidence = evidence;
        this.gate = gate;
        this.remedies = remedies;
        this.reporter = reporter;
        this.story = new Story(clock);
        this.clock = clock;
    }

    /** @param pod the live one */
    Incident heal(Incident claimed, Failure failure, Pod pod) {
        return switch (gate.readmit(claimed)) {
            case Readmission.Nothing _ -> decide(claimed, failure, pod);
            case Readmission.Denied(var why) -> deny(claimed, why);
            case Readmission.Admitted(var approved) ->
                progress(claimed, approved) == Progress.UNTOUCHED
                        ? decide(claimed, failure, pod)
                        : resume(claimed, approved);
        };
    }

    /** Goes on with what was cut short; there is no pod at hand, and there may be none at all. */
    Incident resume(Incident claimed) {
        return switch (gate.readmit(claimed)) {
            case Readmission.Nothing _ -> untouched(claimed);
            case Readmission.Denied(var why) -> deny(claimed, why);
            case Readmission.Admitted(var approved) -> resume(claimed, approved);
        };
    }

    /** Our own error: told in the incident, which is judged again later, and never in an endless loop of resends. */
    Incident defect(Incident claimed, RuntimeException e) {
        return incidents.conclude(claimed, status -> story.defect(status, e), "a defect of KubeSent: " + e);
    }

    private Incident resume(Incident claimed, Approved approved) {
        var target = approved.change().target();
        return switch (progress(claimed, approved)) {
            case UNDERWAY -> {
                var step = act(claimed, approved, target, target);
                yield step.stale().isEmpty() ? step.incident() : untouched(step.incident());
            }
            case UNTOUCHED -> untouched(claimed);
            case OVERTAKEN ->
                end(claimed, approved.change(), new Outcome.Superseded("somebody else changed it"), target, target)
                        .incident();
        };
    }

    private Incident untouched(Incident claimed) {
        return incidents.conclude(claimed, story::untouched, "nothing was changed; it is judged anew");
    }

    /** What was interrupted before any act, and has nothing left to act on. */
    Incident close(Incident claimed) {
        return incidents.conclude(claimed, story::over, "the pod is gone, or does not show it any more");
    }

    private Progress progress(Incident incident, Approved approved) {
        return remedies.progress(approved.change(), new RecordedStep(incidents, incident).last());
    }

    private Incident deny(Incident claimed, String why) {
        return incidents.conclude(claimed, status -> story.denied(status, why), "not resumed: " + why);
    }

    private Incident decide(Incident claimed, Failure failure, Pod pod) {
        var incident = claimed;
        var seen = new Seen(failure, pod);
        for (int decision = 1; ; decision++) {
            var step = decideOnce(incident, seen.failure(), seen.pod());
            incident = step.incident();
            if (step.stale().isEmpty()) {
                return incident;
            }
            if (decision == DECISIONS) {
                var outcome = new Outcome.Failed("the workload kept changing while it was being decided about");
                var ref = ObjectRef.of(seen.pod());
                return end(incident, step.stale().get(), outcome, ref, ref).incident();
            }
            seen = lookAgain(seen);
        }
    }

    /** The failure may have another shape by now: a container that was down runs again, and is resized, not replaced. */
    private Seen lookAgain(Seen before) {
        var meta = before.pod().getMetadata();
        var live = reader.get(Pod.class, meta.getNamespace(), meta.getName())
                .filter(pod -> pod.getMetadata().getUid().equals(meta.getUid()))
                .orElse(before.pod());
        return Failures.of(live, clock.instant()).stream()
                .filter(failure -> failure.kind() == before.failure().kind()
                        && failure.subject()
                                .container()
                                .equals(before.failure().subject().container()))
                .findFirst()
                .map(failure -> new Seen(failure, live))
                .orElseGet(() -> new Seen(before.failure(), live));
    }

    private Step decideOnce(Incident claimed, Failure failure, Pod pod) {
        var known = evidence.read(failure, pod);
        var diagnosis = Rules.diagnose(known);
        var incident = incidents.record(
                claimed, status -> story.diagnosed(status, known, diagnosis), story.diagnosed(diagnosis));
        var verdict = gate.judge(known, diagnosis, remedies.describe(diagnosis, known));
        return switch (verdict) {
            case Refused refused -> {
                var told =
                        incidents.conclude(incident, status -> story.refused(status, refused), story.refused(refused));
                yield finish(told, ObjectRef.of(pod), known.workload());
            }
            case Approved approved -> {
                var intending = incidents.record(
                        incident, status -> story.intending(status, approved), story.intending(approved));
                yield act(intending, approved, ObjectRef.of(pod), known.workload());
            }
        };
    }

    private Step act(Incident intending, Approved approved, ObjectRef pod, ObjectRef workload) {
        var checkpoint = new RecordedStep(incidents, intending);
        var outcome = remedies.apply(approved, checkpoint);
        return end(checkpoint.incident(), approved.change(), outcome, pod, workload);
    }

    private Step end(Incident incident, Change change, Outcome outcome, ObjectRef pod, ObjectRef workload) {
        if (outcome instanceof Outcome.Stale) {
            var told = incidents.record(incident, status -> status, story.ended(outcome));
            return new Step(told, Optional.of(change));
        }
        if (outcome instanceof Outcome.Waiting) {
            // The lease is kept: a delete without an answer is not looked at again before the API server has let go of
            // it.
            return finish(incidents.record(incident, status -> status, story.ended(outcome)), pod, workload);
        }
        var told = incidents.conclude(incident, status -> story.ended(status, change, outcome), story.ended(outcome));
        return finish(told, pod, workload);
    }

    private Step finish(Incident incident, ObjectRef pod, ObjectRef workload) {
        reporter.tell(new Finished(incident, pod, workload));
        return new Step(incident, Optional.empty());
    }

    private record Seen(Failure failure, Pod pod) {}

    /** @param stale the change that no longer fitted, where it has to be decided again */
    private record Step(Incident incident, Optional<Change> stale) {}
}
