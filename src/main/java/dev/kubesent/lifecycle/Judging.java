package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Readmission;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.bounds.Mute;
import dev.kubesent.incident.Incidents;
import dev.kubesent.lifecycle.Judge.Judged;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.report.Finished;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** An incident about which nothing has begun: the failure is judged, and what the gate approves is done. */
final class Judging implements Handler {

    /** Times to decide anew when the workload changes between the judgement and the write. */
    private static final int DECISIONS = 3;

    private final ClusterReader reader;
    private final Judge judge;
    private final Gate gate;
    private final Acting acting;
    private final Ledger ledger;

    Judging(ClusterReader reader, Judge judge, Gate gate, Acting acting, Ledger ledger) {
        this.reader = reader;
        this.judge = judge;
        this.gate = gate;
        this.acting = acting;
        this.ledger = ledger;
    }

    /** By the pod as it is now; closed where that does not show the failure any more. */
    @Override
    public Incident advance(Incident ours) {
        return ours.pod()
                .flatMap(pod -> reader.get(Pod.class, ours.getMetadata().getNamespace(), pod))
                .flatMap(live -> advance(ours, live))
                .orElseGet(() -> ledger.conclude(ours, ledger.story().over()));
    }

    /** Empty where the pod does not show the failure that this incident is about. */
    private Optional<Incident> advance(Incident ours, Pod live) {
        var owners = judge.owners(live);
        return Failures.news(live, ledger.now()).stream()
                .filter(failure -> Incidents.nameOf(failure, live, owners.controller())
                        .equals(ours.getMetadata().getName()))
                .findFirst()
                .map(failure -> advance(ours, new FailingPod(failure, live), new Beforehand(owners, Optional.empty())));
    }

    /** An act that has begun is finished first. @param known what was read of the pod already */
    Incident advance(Incident ours, FailingPod seen, Beforehand known) {
        return switch (gate.readmit(ours)) {
            case Readmission.Nothing _ -> decide(ours, seen, known);
            case Readmission.Denied(var why) -> acting.deny(ours, why);
            case Readmission.Admitted(var approved) ->
                acting.progress(ours, approved) == Progress.UNTOUCHED
                                && ours.progress().standing().isEmpty()
                        ? decide(ours, seen, known)
                        : acting.resume(ours, approved);
        };
    }

    private Incident decide(Incident ours, FailingPod first, Beforehand known) {
        var seen = first;
        var judged = judge.judge(ours, seen, known);
        for (int decision = 1; ; decision++) {
            Incident incident;
            switch (judged.verdict()) {
                case Refused refused -> {
                    return refuse(judged, refused);
                }
                case Approved approved -> {
                    var act = acting.act(judged, approved);
                    incident = act.incident();
                    if (!(act.outcome() instanceof Outcome.Stale)) {
                        return incident;
                    }
                    if (decision == DECISIONS) {
                        return acting.giveUp(incident, approved, seen.pod());
                    }
                }
            }
            seen = seen.again(reader, ledger.now());
            judged = judge.judge(incident, seen);
        }
    }

    private Incident refuse(Judged judged, Refused refused) {
        var evidence = judged.evidence();
        var told = ledger.conclude(
                judged.incident(), judged.diagnosed(), ledger.story().refused(refused));
        var toldWithItsStorm = judge.isToldWithItsStorm(refused, told);
        judge.note(refused, told);
        return refused.isFor(RefusalReason.MUTED) || isMuted(evidence)
                ? told
                : ledger.tellNews(
                        new Finished(told, ObjectRef.of(evidence.pod()), evidence.workload(), toldWithItsStorm),
                        judged.incident());
    }

    /** Also where there is nothing to be done, of which the gate asks no such thing. */
    private boolean isMuted(Evidence evidence) {
        return evidence.owners()
                .present()
                .filter(chain -> Mute.of(evidence.pod(), chain, ledger.now()) instanceof Mute.Until)
                .isPresent();
    }
}
