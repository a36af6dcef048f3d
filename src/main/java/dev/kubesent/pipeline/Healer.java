package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.archive.Archive;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.failure.Failure;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.bounds.Mute;
import dev.kubesent.incident.Incidents;
import dev.kubesent.pipeline.Judge.Judged;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import dev.kubesent.report.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.List;

/** What is done about one claimed incident, from the evidence to the report. */
final class Healer {

    /** Times to decide anew when the workload changes between the judgement and the write. */
    private static final int DECISIONS = 3;

    private final ClusterReader reader;
    private final Incidents incidents;
    private final Judge judge;
    private final Gate gate;
    private final Remedies remedies;
    private final SurvivalPolicy survival;
    private final Storms storms;
    private final Reporter reporter;
    private final Stages stages;
    private final Story story;
    private final Clock clock;

    Healer(
            ClusterReader reader,
            Incidents incidents,
            EvidenceReader evidence,
            Consultation consultation,
            Gate gate,
            Remedies remedies,
            SurvivalPolicy survival,
            Storms storms,
            Archive archive,
            Reporter reporter,
            Clock clock) {
        this.reader = reader;
        this.incidents = incidents;
        this.gate = gate;
        this.remedies = remedies;
        this.survival = survival;
        this.storms = storms;
        this.reporter = reporter;
        this.stages = new Stages(reporter);
        this.story = new Story(clock);
        this.judge = new Judge(incidents, evidence, consultation, gate, remedies, storms, archive, stages, story);
        this.clock = clock;
    }

    /** @param pod the live one @param known what was read of it already */
    Incident heal(Incident claimed, Failure failure, Pod pod, Beforehand known) {
        return switch (gate.readmit(claimed)) {
            case Readmission.Nothing _ -> decide(claimed, failure, pod, known);
            case Readmission.Denied(var why) -> deny(claimed, why);
            case Readmission.Admitted(var approved) ->
                progress(claimed, approved) == Progress.UNTOUCHED
                                && claimed.progress().standing().isEmpty()
                        ? decide(claimed, failure, pod, known)
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
                yield switch (step.outcome()) {
                    case Outcome.Stale _ -> untouched(step.incident());
                    case Outcome.Failed _, Outcome.PutBack _
                    when step.incident().progress().phase() == Phase.Verifying -> incidents.release(step.incident());
                    case Outcome.Failed _,
                            Outcome.PutBack _,
                            Outcome.Applied _,
                            Outcome.Altered _,
                            Outcome.Superseded _,
                            Outcome.Waiting _ -> step.incident();
                };
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

    private Incident decide(Incident claimed, Failure failure, Pod pod, Beforehand beforehand) {
        var incident = claimed;
        var seen = new FailingPod(failure, pod);
        var judged = judge.judge(incident, seen, beforehand);
        for (int decision = 1; ; decision++) {
            switch (judged.verdict()) {
                case Refused refused -> {
                    return refuse(judged, refused);
                }
                case Approved approved -> {
                    var step = act(judged, approved);
                    incident = step.incident();
                    if (!(step.outcome() instanceof Outcome.Stale)) {
                        return incident;
                    }
                    if (decision == DECISIONS) {
                        var outcome = new Outcome.Failed("the workload kept changing while it was being decided about");
                        var ref = ObjectRef.of(seen.pod());
                        return end(incident, approved.change(), outcome, ref, ref)
                                .incident();
                    }
                }
            }
            seen = seen.again(reader, clock.instant());
            judged = judge.judge(incident, seen);
        }
    }

    private Incident refuse(Judged judged, Refused refused) {
        var told = incidents.conclude(
                judged.incident(),
                judged.diagnosed(),
                judged.sentence(),
                status -> story.refused(status, refused),
                story.refused(refused));
        storms.note(refused, judged.incident().getMetadata().getNamespace());
        var finished = new Finished(
                told, ObjectRef.of(judged.evidence().pod()), judged.evidence().workload());
        if (!refused.isFor(RefusalReason.MUTED) && !isMuted(judged.evidence()) && finished.isNews(judged.incident())) {
            reporter.tell(finished);
        }
        return told;
    }

    /** Also where there is nothing to be done, of which the gate asks no such thing. */
    private boolean isMuted(Evidence evidence) {
        return evidence.owners()
                .present()
                .filter(chain -> Mute.of(evidence.pod(), chain, clock.instant()) instanceof Mute.Until)
                .isPresent();
    }

    /** What was done did not help: whether there is a next way, or a larger step. @param ours at phase Verifying */
    Again again(Incident ours, Failure failure, Pod pod) {
        var seen = new FailingPod(failure, pod)
                .again(reader, clock.instant()); // whole: of many that were looked at, little is kept
        var judged = judge.judgeAgain(ours, seen);
        return switch (judged.verdict()) {
            case Refused refused -> {
                storms.note(refused, ours.getMetadata().getNamespace());
                yield new Again.Declined(judged.incident(), refused);
            }
            case Approved approved -> {
                var step = act(judged, approved);
                yield switch (step.outcome()) {
                    case Outcome.Stale _ -> new Again.Acted(untouched(step.incident()));
                    case Outcome.Failed _, Outcome.PutBack _ -> declined(step, approved);
                    case Outcome.Applied _, Outcome.Altered _, Outcome.Superseded _, Outcome.Waiting _ ->
                        new Again.Acted(step.incident());
                };
            }
        };
    }

    private static Again declined(Step step, Approved approved) {
        return new Again.Declined(
                step.incident(),
                new Refused(
                        List.of(new Refusal(
                                RefusalReason.NO_REMEDY_FITS, step.outcome().detail())),
                        new Plan.Planned(approved.change())));
    }

    private Step act(Judged judged, Approved approved) {
        var mustLive = survival.mustLive(judged.evidence().failure());
        var beside = PreexistingFailures.of(reader, approved.change(), judged.evidence(), clock.instant());
        var intending = incidents.record(
                judged.incident(),
                judged.diagnosed(),
                judged.sentence(),
                status -> story.intending(status, approved, mustLive, beside),
                story.intending(approved));
        if (Incidents.rejection(intending).isPresent()) { // said since it was judged: nothing was changed yet
            var rejected = new Outcome.Stale("a person has rejected it");
            return new Step(incidents.record(intending, status -> status, story.ended(rejected)), rejected);
        }
        if (!approved.waived().isEmpty() && !Incidents.isStillApproved(intending)) {
            var takenBack = new Outcome.Stale("the approval was taken back");
            return new Step(incidents.record(intending, status -> status, story.ended(takenBack)), takenBack);
        }
        return act(
                intending,
                approved,
                ObjectRef.of(judged.evidence().pod()),
                judged.evidence().workload());
    }

    private Step act(Incident intending, Approved approved, ObjectRef pod, ObjectRef workload) {
        var checkpoint = new RecordedStep(incidents, intending);
        var outcome = stages.in(Stage.REMEDY, intending, () -> remedies.apply(approved, checkpoint));
        return end(checkpoint.incident(), approved.change(), outcome, pod, workload);
    }

    private Step end(Incident incident, Change change, Outcome outcome, ObjectRef pod, ObjectRef workload) {
        return switch (outcome) {
            case Outcome.Stale _ ->
                new Step(incidents.record(incident, status -> status, story.ended(outcome)), outcome);
            // The lease is kept: a delete without an answer is not looked at again before the API server let go of it.
            case Outcome.Waiting _ -> {
                var told = incidents.record(incident, status -> status, story.ended(outcome));
                yield new Step(finish(told, pod, workload), outcome);
            }
            // An earlier change is in force: the verifier takes that back.
            case Outcome.Failed _, Outcome.PutBack _
            when !incident.progress().standing().isEmpty() ->
                new Step(incidents.record(incident, IncidentStatus::withoutIntent, story.ended(outcome)), outcome);
            case Outcome.Applied _, Outcome.Altered _, Outcome.Superseded _, Outcome.Failed _, Outcome.PutBack _ -> {
                var told = incidents.conclude(
                        incident, status -> story.ended(status, change, outcome), story.ended(outcome));
                yield new Step(finish(told, pod, workload), outcome);
            }
        };
    }

    private Incident finish(Incident incident, ObjectRef pod, ObjectRef workload) {
        reporter.tell(new Finished(incident, pod, workload));
        return incident;
    }

    private record Step(Incident incident, Outcome outcome) {}
}
