package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.failure.Failure;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Refused;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.report.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is done next about an incident, by its phase. {@code Judging} takes one about which nothing has begun, {@code Acting} one with an intent, {@code
 * Watching} one whose change is in force, {@code Undoing} one whose change is taken back. The arrows between them are those of docs/flow.md.
 */
public final class Lifecycle {

    /** What was read of a pod before the work on it waited for longer says too little about now. */
    private static final Duration OLD = Duration.ofMinutes(1);

    /** From the begin of a look to the lease: some reads and one write. What was seen longer ago is looked at again: nothing is taken back that came to live meanwhile. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final Judging judging;
    private final Acting acting;
    private final Watching watching;
    private final Undoing undoing;
    private final Ledger ledger;

    public Lifecycle(
            ClusterReader reader, Judge judge, Gate gate, Remedies remedies, SurvivalPolicy survival, Ledger ledger) {
        this.ledger = ledger;
        this.acting = new Acting(reader, gate, remedies, survival, ledger);
        this.judging = new Judging(reader, judge, gate, acting, ledger);
        this.undoing = new Undoing(gate, remedies, ledger);
        this.watching = new Watching(remedies, new Escalation(reader, judge, acting, ledger), undoing, ledger);
    }

    /** The first step of a failure that was just seen. @param known what was read of the pod, just now; asked for when its turn has come */
    public UnaryOperator<Incident> first(Failure failure, Supplier<Beforehand> known) {
        var read = ledger.now();
        return ours -> ours.progress().hasBegun() || !read.plus(OLD).isBefore(ledger.now())
                ? first(ours, failure, known.get())
                : judging.advance(ours);
    }

    private Incident first(Incident ours, Failure failure, Beforehand known) {
        return judging.advance(ours, new FailingPod(failure, known.owners().pod()), known);
    }

    /** An act that has begun is finished whatever the pod looks like; else the pod as it is now is judged. @param ours with its lease */
    public Incident advance(Incident ours) {
        var status = ours.progress();
        return switch (status.phase()) {
            case Verifying -> verifying(watching::advance).apply(ours);
            case Undoing -> verifying(undoing::advance).apply(ours);
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
                    Closed -> (status.hasBegun() ? acting : judging).advance(ours);
        };
    }

    /** Whether a change that was made, or taken back, asks for anything now. Reads only. */
    public Due due(Incident watched) {
        var at = ledger.now(); // before the look: what it was told first may be the oldest
        return switch (sight(watched)) {
            case Due.Nothing nothing -> nothing;
            case Due.LastWord(var step) -> new Due.LastWord(verifying(step));
            case Due.Step(var step) -> new Due.Step(underTheLease(at, verifying(step)));
        };
    }

    private UnaryOperator<Incident> underTheLease(Instant at, UnaryOperator<Incident> seen) {
        return ours -> at.plus(A_MOMENT).isBefore(ledger.now()) ? advance(ours) : seen.apply(ours);
    }

    private Due sight(Incident watched) {
        var phase = watched.progress().phase();
        if (phase == Phase.Verifying) {
            return watching.due(watched);
        }
        if (phase == Phase.Undoing) {
            return undoing.due(watched);
        }
        throw new IllegalStateException("at phase " + phase + " nothing is watched");
    }

    private UnaryOperator<Incident> verifying(UnaryOperator<Incident> step) {
        return ours -> ledger.in(Stage.VERIFICATION, ours, () -> step.apply(ours));
    }

    /** Our own error: told in the incident, which is judged again later, and never in an endless loop of resends. */
    public Incident defect(Incident ours, RuntimeException e) {
        return ledger.conclude(ours, ledger.story().defect(e));
    }
}
