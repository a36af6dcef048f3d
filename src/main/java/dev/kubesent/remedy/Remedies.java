package dev.kubesent.remedy;

import dev.kubesent.action.Action;
import dev.kubesent.action.OfOneField;
import dev.kubesent.action.RaiseMemory;
import dev.kubesent.action.Restart;
import dev.kubesent.action.RollBack;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.JobPatch;
import dev.kubesent.change.MemoryChange;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodEviction;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.change.PodResize;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.Moment;
import dev.kubesent.gate.Approved;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Pause;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.Remedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import dev.kubesent.remedy.job.RaiseJobMemory;
import dev.kubesent.remedy.knative.PinTraffic;
import dev.kubesent.remedy.pod.EvictPod;
import dev.kubesent.remedy.pod.ReplacePod;
import dev.kubesent.remedy.pod.ResizePod;
import dev.kubesent.remedy.template.EditTemplate;
import dev.kubesent.remedy.template.RaiseTemplateMemory;
import dev.kubesent.remedy.template.RollBackTemplate;
import java.time.Clock;
import java.util.List;

/** Chooses the remedy, and is the only way to one: what goes in to be done is {@link Approved}. */
public final class Remedies {

    private final RaiseTemplateMemory template;
    private final ResizePod resize;
    private final ReplacePod replace;
    private final RaiseJobMemory job;
    private final RollBackTemplate rollback;
    private final EditTemplate edit;
    private final EvictPod evict;
    private final PinTraffic pin;

    public Remedies(ClusterReader reader, ClusterWriter writer, Pause pause, Clock clock) {
        this.template = new RaiseTemplateMemory(reader, writer, clock);
        this.resize = new ResizePod(reader, writer);
        this.replace = new ReplacePod(reader, writer, pause, clock);
        this.job = new RaiseJobMemory(reader, writer, pause);
        this.rollback = new RollBackTemplate(reader, writer);
        this.edit = new EditTemplate(reader, writer, rollback);
        this.evict = new EvictPod(reader, writer);
        this.pin = new PinTraffic(reader, writer);
    }

    /** For whoever only wants to know what would be done. */
    public static Remedies describing(ClusterReader reader, Clock clock) {
        return new Remedies(reader, new NoHands(), _ -> {}, clock);
    }

    /** What would be done about this diagnosis. Writes nothing. */
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        return switch (diagnosis.action()) {
            case Action.None(var advice) ->
                Plan.nothing(RefusalReason.NOTHING_TO_DO, diagnosis.cause() + ": " + advice);
            case RaiseMemory _ -> remedyFor(evidence).describe(diagnosis, evidence);
            case RollBack _ -> (isOfKnative(evidence) ? pin : rollback).describe(diagnosis, evidence);
            case OfOneField _ -> edit.describe(diagnosis, evidence);
            case Restart _ -> evict.describe(diagnosis, evidence);
        };
    }

    private static boolean isOfKnative(Evidence evidence) {
        return evidence.owners()
                .present()
                .flatMap(OwnerChain::knownTop)
                .filter(top -> top.kind() == WorkloadKind.KNATIVE_SERVICE)
                .isPresent();
    }

    /** The one place that tells kinds of changes apart: who makes them. */
    private Act<?> act(Change change) {
        return switch (change) {
            case TemplatePatch patch -> new Act<>(template, patch);
            case PodResize resized -> new Act<>(resize, resized);
            case PodReplacement replacement -> new Act<>(replace, replacement);
            case JobPatch patch -> new Act<>(job, patch);
            case TemplateRollback back -> new Act<>(rollback, back);
            case TemplateEdit edited -> new Act<>(edit, edited);
            case PodEviction eviction -> new Act<>(evict, eviction);
            case TrafficPin pinned -> new Act<>(pin, pinned);
        };
    }

    private record Act<C extends Change>(Remedy<C> by, C change) {

        Progress progress(String step) {
            return by.progress(change, step);
        }

        Survival verify(Watch watch) {
            return by.verify(change, watch);
        }

        Plan revert(List<Change> made) {
            return by.revert(change, made);
        }

        Undone undone(List<Change> made) {
            return by.undone(change, made);
        }

        Outcome apply(Checkpoint checkpoint) {
            return by.apply(change, checkpoint);
        }
    }

    /** How far a recorded change had come when its process died. */
    public Progress progress(Change change, String step) {
        return act(change).progress(step);
    }

    /** How what runs with a change does. @param made as it is kept */
    public Survival verify(Change made, Watch watch) {
        return act(made).verify(watch);
    }

    /** What would take these changes back. @param made one after the other, oldest first, at least one. Writes nothing */
    public Plan revert(List<Change> made) {
        return act(made.getLast()).revert(likeTheLast(made));
    }

    /** How far taking these back has come. @param made as given to {@link #revert} */
    public Undone undone(List<Change> made) {
        return act(made.getLast()).undone(likeTheLast(made));
    }

    /** One incident is about one failure, and for that there is one deed. */
    private static List<Change> likeTheLast(List<Change> made) {
        return made.stream()
                .filter(change -> change.deed() == made.getLast().deed())
                .toList();
    }

    /** @throws ClusterException where the API server gave no answer: the act is resumed from its intent later */
    public Outcome apply(Approved approved, Checkpoint checkpoint) {
        return act(approved.change()).apply(checkpoint);
    }

    private Remedy<? extends MemoryChange> remedyFor(Evidence evidence) {
        var top = evidence.owners().present().map(OwnerChain::top);
        if (top.isEmpty()) {
            return template;
        }
        var runsAgain = evidence.failure() instanceof Failure.OomKilled oom && oom.moment() == Moment.RUNNING_AGAIN;
        return top.get()
                .<Remedy<? extends MemoryChange>>map(
                        controller -> isJob(controller) ? (runsAgain ? resize : job) : template)
                .orElse(runsAgain ? resize : replace);
    }

    /** Its template can hardly be changed; a pod of it that is restarted in place can. */
    private static boolean isJob(OwnerChain.Link controller) {
        return switch (controller) {
            case OwnerChain.Known known -> known.kind() == WorkloadKind.JOB;
            case OwnerChain.Unknown _, OwnerChain.Unproven _ -> false;
        };
    }
}
