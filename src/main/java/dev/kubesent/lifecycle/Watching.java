package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.SurvivalRecord;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Termination;
import dev.kubesent.gate.Refused;
import dev.kubesent.incident.Incidents;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.remedy.engine.Watch;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * A change that was made: the workload survives, or the next way is tried, or the change is taken back. It never waits: every look is somebody's
 * event, a sweep, or the next round of this process.
 */
final class Watching implements Handler {

    private final Remedies remedies;
    private final Escalation escalation;
    private final Undoing undoing;
    private final Ledger ledger;

    Watching(Remedies remedies, Escalation escalation, Undoing undoing, Ledger ledger) {
        this.remedies = remedies;
        this.escalation = escalation;
        this.undoing = undoing;
        this.ledger = ledger;
    }

    /** Reads only. What it sees is what the step goes by: the cluster is asked once. @param watched at phase Verifying */
    Due due(Incident watched) {
        var seen = look(watched);
        return switch (seen) {
            case Survival.Watching _, Survival.Dormant _ -> new Due.Nothing();
            case Survival.Failing _, Survival.NotUp _ ->
                waitsSinceAMoment(watched) ? new Due.Nothing() : new Due.Step(ours -> advance(ours, seen));
            // Nothing is changed any more: of ten thousand pods one look is enough.
            case Survival.Alive _,
                    Survival.AliveInPart _,
                    Survival.Unfinished _,
                    Survival.Overtaken _,
                    Survival.Gone _ -> new Due.LastWord(ours -> advance(ours, seen));
        };
    }

    /** What could not be done a moment ago is not tried with every event. */
    private boolean waitsSinceAMoment(Incident watched) {
        var verdict = watched.progress().verdict();
        return verdict != null
                && verdict.isWaiting()
                && verdict.at().plus(Incidents.JUDGED_AGAIN_AFTER).isAfter(ledger.now());
    }

    @Override
    public Incident advance(Incident ours) {
        return advance(ours, look(ours));
    }

    private Incident advance(Incident ours, Survival seen) {
        return switch (seen) {
            case Survival.Watching _, Survival.Dormant _ -> ledger.release(ours);
            case Survival.Alive(var detail) -> ledger.end(ours, Phase.Healed, "it survives: " + detail);
            case Survival.AliveInPart(var detail) ->
                ledger.tell(ledger.conclude(ours, ledger.story().healedInPart("it survives: " + detail)));
            case Survival.Unfinished(var detail) ->
                ledger.end(ours, Phase.Failed, "it stays as it is, and needs a person: " + detail);
            case Survival.Overtaken(var detail) -> ledger.end(ours, Phase.Superseded, detail);
            case Survival.Gone(var detail) -> ledger.end(ours, Phase.Closed, detail);
            case Survival.NotUp(var detail) -> undoing.undo(ours, "it did not come up in time: " + detail);
            case Survival.Failing(var failure, var pod) -> failed(ours, new FailingPod(failure, pod));
        };
    }

    private Survival look(Incident watched) {
        var survival = watched.progress().survival();
        var made = Ledger.standing(watched);
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
                ledger.now(),
                Set.copyOf(survival.before()));
    }

    /** The same again: the next way, or a larger step, if the gate lets it; anything else, and it is taken back. */
    private Incident failed(Incident ours, FailingPod seen) {
        var failure = seen.failure();
        var what = "%s of container %s in pod %s"
                .formatted(
                        failure.kind(),
                        failure.subject().container(),
                        failure.subject().pod());
        var spec = ours.getSpec();
        if (!failure.fault().equals(new Fault(spec.failure(), spec.container()))) {
            return undoing.undo(ours, "something else failed after it: " + what);
        }
        return switch (escalation.again(ours, seen)) {
            case Again.Acted(var incident) -> incident;
            case Again.Declined(var incident, var refused)
            when refused.isFor(RefusalReason.NOT_FAILING_ANY_MORE) -> ledger.release(incident);
            case Again.Declined(var incident, var refused)
            when refused.isHeldUp() && !isBlind(incident, refused, failure) ->
                ledger.conclude(incident, ledger.story().waiting(refused));
            case Again.Declined(var incident, var refused) ->
                undoing.undo(incident, "it did not help: " + what + " again; " + Story.reasons(refused.reasons()));
        };
    }

    /** Whether the time is over, and it is only for what cannot be read that nothing was decided. */
    private boolean isBlind(Incident incident, Refused refused, Failure failure) {
        return ledger.isOver(incident)
                && refused.isFor(RefusalReason.CANNOT_TELL)
                && !(isOfARun(incident) && isFresh(failure));
    }

    private static boolean isOfARun(Incident incident) {
        return WorkloadKind.of(Ledger.standing(incident).getLast().target())
                .filter(kind -> kind == WorkloadKind.CRON_JOB || kind == WorkloadKind.JOB)
                .isPresent();
    }

    /** The run of a CronJob, or a Job's next try, fails long after the time for coming up: it has a time of its own. */
    private boolean isFresh(Failure failure) {
        return failure.lastRun()
                .flatMap(Termination::finished)
                .filter(end -> end.plus(SurvivalPolicy.PATIENCE).isAfter(ledger.now()))
                .isPresent();
    }
}
