package dev.kubesent.pipeline;

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
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What becomes of a change: the workload survives, or the next way is tried, or the change is taken back. It never waits:
 * every look is somebody's event, a sweep, or the next round of this process.
 */
final class Verifier {

    private final Incidents incidents;
    private final Healer healer;
    private final Remedies remedies;
    private final Undoing undoing;
    private final Ledger ledger;
    private final Clock clock;

    Verifier(Incidents incidents, Healer healer, Undoing undoing, Remedies remedies, Ledger ledger, Clock clock) {
        this.incidents = incidents;
        this.healer = healer;
        this.remedies = remedies;
        this.undoing = undoing;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Reads only.
     *
     * @param watched at phase Verifying, or Undoing where the change was taken back: what is under way is to be finished first
     */
    Due due(Incident watched) {
        if (watched.progress().phase() != Phase.Verifying && watched.progress().phase() != Phase.Undoing) {
            throw new IllegalStateException("at phase " + watched.progress().phase() + " nothing is watched");
        }
        if (watched.progress().phase() == Phase.Undoing) {
            return undoing.isDue(watched) ? new Due.Step(undoing::goOn) : new Due.Nothing();
        }
        var seen = look(watched);
        return switch (seen) {
            case Survival.Watching _, Survival.Dormant _ -> new Due.Nothing();
            case Survival.Failing _, Survival.NotUp _ ->
                waitsSinceAMoment(watched) ? new Due.Nothing() : new Due.Step(this::goOn);
            // Nothing is changed any more: of ten thousand pods one look is enough.
            case Survival.Alive _,
                    Survival.AliveInPart _,
                    Survival.Unfinished _,
                    Survival.Overtaken _,
                    Survival.Gone _ -> new Due.LastWord(ours -> goOn(ours, seen));
        };
    }

    /** What could not be done a moment ago is not tried with every event. */
    private boolean waitsSinceAMoment(Incident watched) {
        var verdict = watched.progress().verdict();
        return verdict != null
                && verdict.isWaiting()
                && verdict.at().plus(Incidents.JUDGED_AGAIN_AFTER).isAfter(clock.instant());
    }

    /** @param ours at phase Verifying or Undoing */
    Incident goOn(Incident ours) {
        if (ours.progress().phase() == Phase.Undoing) {
            return undoing.goOn(ours);
        }
        return goOn(ours, look(ours));
    }

    private Incident goOn(Incident ours, Survival seen) {
        return switch (seen) {
            case Survival.Watching _, Survival.Dormant _ -> incidents.release(ours);
            case Survival.Alive(var detail) -> ledger.end(ours, Phase.Healed, "it survives: " + detail);
            case Survival.AliveInPart(var detail) ->
                ledger.tell(incidents.conclude(
                        ours,
                        status -> status.healedInPart(ledger.outcome("it survives: " + detail)),
                        "it survives: " + detail));
            case Survival.Unfinished(var detail) ->
                ledger.end(ours, Phase.Failed, "it stays as it is, and needs a person: " + detail);
            case Survival.Overtaken(var detail) -> ledger.end(ours, Phase.Superseded, detail);
            case Survival.Gone(var detail) -> ledger.end(ours, Phase.Closed, detail);
            case Survival.NotUp(var detail) -> undoing.undo(ours, "it did not come up in time: " + detail);
            case Survival.Failing(var failure, var pod) -> failed(ours, failure, pod);
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
            return undoing.undo(ours, "something else failed after it: " + what);
        }
        return switch (healer.again(ours, failure, pod)) {
            case Again.Acted(var incident) -> incident;
            case Again.Declined(var incident, var refused)
            when refused.isFor(RefusalReason.NOT_FAILING_ANY_MORE) -> incidents.release(incident);
            case Again.Declined(var incident, var refused)
            when refused.isHeldUp() && !isBlind(incident, refused, failure) -> ledger.wait(incident, refused);
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
                .filter(end -> end.plus(SurvivalPolicy.PATIENCE).isAfter(clock.instant()))
                .isPresent();
    }
}
