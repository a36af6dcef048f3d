package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.failure.Failure;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Gate;
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
    }

    /** @param pod as last seen; it may be gone by now, where an interrupted act is taken up */
    Incident heal(Incident claimed, Failure failure, Pod pod) {
        var interrupted = gate.readmit(claimed);
        var left = interrupted.map(Approved::change).map(remedies::progress).orElse(Progress.UNTOUCHED);
        return switch (left) {
            case UNTOUCHED -> decide(claimed, failure, pod);
            case UNDERWAY ->
                act(claimed, interrupted.orElseThrow(), pod, ObjectRef.of(pod)).incident();
            case OVERTAKEN -> {
                var outcome = new Outcome.Superseded("somebody else changed it since");
                yield end(claimed, interrupted.orElseThrow().change(), outcome, pod, ObjectRef.of(pod))
                        .incident();
            }
        };
    }

    private Incident decide(Incident claimed, Failure failure, Pod pod) {
        var incident = claimed;
        var live = pod;
        for (int decision = 1; ; decision++) {
            var step = decideOnce(incident, failure, live);
            incident = step.incident();
            if (step.outcome().filter(Outcome.Stale.class::isInstance).isEmpty()) {
                return incident;
            }
            if (decision == DECISIONS) {
                return giveUp(step, live);
            }
            live = reader.get(
                            Pod.class,
                            pod.getMetadata().getNamespace(),
                            pod.getMetadata().getName())
                    .orElse(live);
        }
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
                yield finish(told, pod, known.workload(), Optional.empty(), Optional.empty());
            }
            case Approved approved -> {
                var intending = incidents.record(
                        incident, status -> story.intending(status, approved), story.intending(approved));
                yield act(intending, approved, pod, known.workload());
            }
        };
    }

    private Step act(Incident incident, Approved approved, Pod pod, ObjectRef workload) {
        return end(incident, approved.change(), remedies.apply(approved), pod, workload);
    }

    private Step end(Incident incident, Change change, Outcome outcome, Pod pod, ObjectRef workload) {
        if (outcome instanceof Outcome.Stale) {
            var told = incidents.record(incident, status -> status, story.ended(outcome));
            return new Step(told, Optional.of(outcome), Optional.of(change));
        }
        var told = incidents.conclude(incident, status -> story.ended(status, change, outcome), story.ended(outcome));
        return finish(told, pod, workload, Optional.of(outcome), Optional.of(change));
    }

    private Incident giveUp(Step step, Pod pod) {
        var outcome = new Outcome.Failed("the workload kept changing while it was being decided about");
        return end(step.incident(), step.change().orElseThrow(), outcome, pod, ObjectRef.of(pod))
                .incident();
    }

    private Step finish(
            Incident incident, Pod pod, ObjectRef workload, Optional<Outcome> outcome, Optional<Change> change) {
        reporter.tell(new Finished(incident, ObjectRef.of(pod), workload));
        return new Step(incident, outcome, change);
    }

    private record Step(Incident incident, Optional<Outcome> outcome, Optional<Change> change) {}
}
