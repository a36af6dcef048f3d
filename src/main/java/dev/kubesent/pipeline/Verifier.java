package dev.kubesent.pipeline;

import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Termination;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Made;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.ActRecord;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.IncidentStatus.OutcomeRecord;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.Phase;
import dev.kubesent.incident.SurvivalRecord;
import dev.kubesent.remedy.Outcome;
import dev.kubesent.remedy.Progress;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.Survival;
import dev.kubesent.remedy.SurvivalPolicy;
import dev.kubesent.remedy.Undone;
import dev.kubesent.remedy.Watch;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of a change: the workload survives, or the next way is tried, or the change is taken back. It never waits:
 * every look is somebody's event, a sweep, or the next round of this process.
 */
final class Verifier {

    /** To take something back, where it is changed between the judgement and the write. */
    private static final int ATTEMPTS = 3;

    private final Incidents incidents;
    private final Healer healer;
    private final Gate gate;
    private final Remedies remedies;
    private final Reporter reporter;
    private final Story story;
    private final Clock clock;

    Verifier(Incidents incidents, Healer healer, Gate gate, Remedies remedies, Reporter reporter, Clock clock) {
        this.incidents = incidents;
        this.healer = healer;
        this.gate = gate;
        this.remedies = remedies;
        this.reporter = reporter;
        this.story = new Story(clock);
        this.clock = clock;
    }

    /** Whether there is anything to say or to do; where there is not, nothing needs to be written. Reads only. */
    boolean isDue(Incident watched) {
        if (watched.progress().phase() == Phase.Undoing) {
            return watched.progress().hasBegun()
                    || remedies.undone(allMade(watched)) != Undone.ROLLING_OUT
                    || isOver(watched);
        }
        return switch (look(watched)) {
            case Survival.Watching _, Survival.Dormant _ -> false;
            case Survival.Failing _, Survival.NotUp _ -> !waitsSinceAMoment(watched);
            case Survival.Alive _,
                    Survival.AliveInPart _,
                    Survival.Unfinished _,
                    Survival.Overtaken _,
                    Survival.Gone _ -> true;
        };
    }

    /** What could not be done a moment ago is not tried with every event. */
    private boolean waitsSinceAMoment(Incident watched) {
        var verdict = watched.progress().verdict();
        return verdict != null
                && verdict.decision().equals(Story.WAITING)
                && verdict.at().plus(Incidents.JUDGED_AGAIN_AFTER).isAfter(clock.instant());
    }

    /** @param ours at phase Verifying or Undoing */
    Incident goOn(Incident ours) {
        if (ours.progress().phase() == Phase.Undoing) {
            return ours.progress().hasBegun() ? resumeUndo(ours) : watchUndo(ours);
        }
        return switch (look(ours)) {
            case Survival.Watching _, Survival.Dormant _ -> incidents.release(ours);
            case Survival.Alive(var detail) -> end(ours, Phase.Healed, "it survives: " + detail);
            case Survival.AliveInPart(var detail) ->
                tell(incidents.conclude(
                        ours,
                        status -> status.healedInPart(outcome("it survives: " + detail)),
                        "it survives: " + detail));
            case Survival.Unfinished(var detail) ->
                end(ours, Phase.Failed, "it stays as it is, and needs a person: " + detail);
            case Survival.Overtaken(var detail) -> end(ours, Phase.Superseded, detail);
            case Survival.Gone(var detail) -> end(ours, Phase.Closed, detail);
            case Survival.NotUp(var detail) -> undo(ours, "it did not come up in time: " + detail, 1);
            case Survival.Failing(var failure, var pod) -> failed(ours, failure, pod);
        };
    }

    private Survival look(Incident watched) {
        var survival = watched.progress().survival();
        var made = made(watched);
        if (survival == null || survival.since() == null || survival.until() == null || made.isEmpty()) {
            return new Survival.Overtaken("the record of what was changed is not there any more");
        }
        return remedies.verify(made.getLast(), watch(survival));
    }

    private Watch watch(SurvivalRecord survival) {
        return new Watch(
                Objects.requireNonNull(survival.since()),
                Duration.ofSeconds(survival.seconds()),
                Objects.requireNonNull(survival.until()),
                clock.instant(),
                Set.copyOf(survival.before()));
    }

    /** The same again: the next way, or a larger step, if the gate lets it; anything else, and it is taken back. */
    private Incident failed(Incident ours, Failure failure, Pod pod) {
        var what = "%s of container %s in pod %s"
                .formatted(
                        failure.kind(),
                        failure.subject().container(),
                        failure.subject().pod());
        var spec = ours.getSpec();
        if (failure.kind() != spec.failure() || !failure.subject().container().equals(spec.container())) {
            return undo(ours, "something else failed after it: " + what, 1);
        }
        return switch (healer.again(ours, failure, pod)) {
            case Again.Acted(var incident) -> incident;
            case Again.Declined(var incident, var refused)
            when refused.isFor(RefusalReason.NOT_FAILING_ANY_MORE) -> incidents.release(incident);
            case Again.Declined(var incident, var refused)
            when refused.isHeldUp() && !isBlind(incident, refused, failure) -> wait(incident, refused);
            case Again.Declined(var incident, var refused) ->
                undo(incident, "it did not help: " + what + " again; " + Story.reasons(refused.reasons()), 1);
        };
    }

    private Incident wait(Incident incident, Refused refused) {
        return incidents.conclude(
                incident,
                status -> story.waiting(status, refused),
                "it fails; nothing is done about it now: " + Story.reasons(refused.reasons()));
    }

    /** Whether the time is over, and it is only for what cannot be read that nothing was decided. */
    private boolean isBlind(Incident incident, Refused refused, Failure failure) {
        return isOver(incident)
                && refused.isFor(RefusalReason.CANNOT_TELL)
                && !(isOfARun(incident) && isFresh(failure));
    }

    private static boolean isOfARun(Incident incident) {
        return WorkloadKind.of(made(incident).getLast().target())
                .filter(kind -> kind == WorkloadKind.CRON_JOB || kind == WorkloadKind.JOB)
                .isPresent();
    }

    /** The run of a CronJob, or a Job's next try, fails long after the time for coming up: it has a time of its own. */
    private boolean isFresh(Failure failure) {
        return failure.lastRun()
                .flatMap(Termination::finished)
                .filter(end -> end.plus(SurvivalPolicy.PATIENCE).isAfter(clock.instant()))
                .isPresent();
    }

    private boolean isOver(Incident incident) {
        var survival = incident.progress().survival();
        return survival == null || survival.until() == null || !survival.until().isAfter(clock.instant());
    }

    private Incident undo(Incident ours, String why, int attempt) {
        return switch (gate.judgeUndo(ours, remedies.revert(made(ours)))) {
            case Refused refused when refused.isHeldUp() -> wait(ours, refused);
            case Refused refused ->
                end(ours, Phase.Failed, why + ". It could not be taken back: " + Story.reasons(refused.reasons()));
            case Approved approved -> {
                var undoing = incidents.record(
                        ours,
                        status -> story.undoing(status, approved, outcome(why)),
                        why + "; taking it back: " + approved.change().display().replace("\n", " "));
                yield takeBack(undoing, approved, why, attempt);
            }
        };
    }

    private Incident takeBack(Incident undoing, Approved approved, String why, int attempt) {
        var checkpoint = new RecordedStep(incidents, undoing);
        var outcome = remedies.apply(approved, checkpoint);
        var incident = checkpoint.incident();
        return switch (outcome) {
            case Outcome.Applied(var detail, var _) ->
                tell(incidents.conclude(
                        incident,
                        status -> status.undone(
                                story.now(), outcome(why + ". Taken back: " + detail), SurvivalPolicy.PATIENCE),
                        "taken back: " + detail));
            // What was made is still there, and something beside it was changed: an autoscaler's replicas.
            case Outcome.Stale(var detail)
            when remedies.progress(approved.change(), "") == Progress.UNTOUCHED ->
                attempt < ATTEMPTS
                        ? undo(
                                incidents.record(incident, story::untouched, "not taken back yet: " + detail),
                                why,
                                attempt + 1)
                        : incidents.conclude(
                                incident, story::untouched, "not taken back yet; looking again: " + detail);
            case Outcome.Stale(var detail) ->
                end(incident, Phase.Superseded, why + ". Somebody has changed it since, and theirs stands: " + detail);
            case Outcome.Superseded(var detail) -> end(incident, Phase.Superseded, why + ". " + detail);
            case Outcome.Altered(var detail) -> end(incident, Phase.Failed, why + ". " + detail);
            case Outcome.Failed _, Outcome.PutBack _ ->
                end(incident, Phase.Failed, why + ". It could not be taken back: " + outcome.detail());
            case Outcome.Waiting(var detail) -> incidents.record(incident, status -> status, "waiting: " + detail);
        };
    }

    private Incident resumeUndo(Incident ours) {
        return switch (gate.readmit(ours)) {
            case Readmission.Denied(var why) ->
                incidents.conclude(ours, status -> story.denied(status, why), "not resumed: " + why);
            case Readmission.Nothing _ -> watchUndo(ours);
            case Readmission.Admitted(var approved) -> {
                var progress = remedies.progress(approved.change(), new RecordedStep(incidents, ours).last());
                yield switch (progress) {
                    case Progress.UNDERWAY -> takeBack(ours, approved, detail(ours), ATTEMPTS);
                    // Look again first: it may have come to live meanwhile, or be paused.
                    case Progress.UNTOUCHED ->
                        incidents.conclude(ours, story::untouched, "it was not taken back yet; looking again");
                    case Progress.OVERTAKEN ->
                        end(
                                ours,
                                Phase.Superseded,
                                detail(ours) + ". Somebody has changed it since, and theirs stands");
                };
            }
        };
    }

    private Incident watchUndo(Incident ours) {
        return switch (remedies.undone(allMade(ours))) {
            case COMPLETE -> end(ours, Phase.Failed, detail(ours) + ". Nothing runs with the change any more");
            case GONE -> end(ours, Phase.Failed, detail(ours) + ". It is gone by now");
            case CHANGED_AGAIN -> end(ours, Phase.Failed, detail(ours) + ". Somebody has changed it again since");
            case ROLLING_OUT ->
                isOver(ours)
                        ? end(ours, Phase.Failed, detail(ours) + ". Some pods still run with the change")
                        : incidents.release(ours);
        };
    }

    private Incident end(Incident ours, Phase phase, String detail) {
        return tell(incidents.conclude(ours, status -> status.ended(phase, outcome(detail)), detail));
    }

    private Incident tell(Incident incident) {
        allMade(incident).stream()
                .reduce((_, last) -> last)
                .map(Made::target)
                .ifPresent(target -> reporter.tell(new Finished(incident, target, target)));
        return incident;
    }

    private OutcomeRecord outcome(String detail) {
        return new OutcomeRecord(detail, "", story.now());
    }

    private static String detail(Incident incident) {
        var outcome = incident.progress().outcome();
        return outcome == null ? "" : outcome.detail();
    }

    /** What is in force, oldest first. */
    private static List<Made> made(Incident incident) {
        return parsed(incident.progress().standing().stream());
    }

    private static List<Made> allMade(Incident incident) {
        return parsed(incident.progress().acts().stream());
    }

    private static List<Made> parsed(Stream<ActRecord> acts) {
        return acts.map(ActRecord::made)
                .filter(Objects::nonNull)
                .map(Made::parse)
                .toList();
    }
}
