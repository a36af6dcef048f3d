package dev.kubesent.remedy;

import dev.kubesent.change.Change;
import dev.kubesent.change.JobPatch;
import dev.kubesent.change.Made;
import dev.kubesent.change.MadeEdit;
import dev.kubesent.change.MadeEviction;
import dev.kubesent.change.MadePin;
import dev.kubesent.change.MadeRaise;
import dev.kubesent.change.MadeRollback;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.PodEviction;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.change.PodResize;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.RefusalReason;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.Moment;
import dev.kubesent.gate.Approved;
import io.fabric8.kubernetes.api.model.Pod;
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
            case Action.None(var advice) -> nothing(RefusalReason.NOTHING_TO_DO, diagnosis.cause() + ": " + advice);
            case Action.RaiseMemory _ -> remedyFor(evidence).describe(diagnosis, evidence);
            case Action.RollBack _ -> (isOfKnative(evidence) ? pin : rollback).describe(diagnosis, evidence);
            case Action.CorrectImage _, Action.AllowStart _, Action.AskThePort _, Action.SetField _ ->
                edit.describe(diagnosis, evidence);
            case Action.Restart _ -> evict.describe(diagnosis, evidence);
        };
    }

    private static boolean isOfKnative(Evidence evidence) {
        return evidence.owners()
                .present()
                .flatMap(OwnerChain::knownTop)
                .filter(top -> top.kind() == WorkloadKind.KNATIVE_SERVICE)
                .isPresent();
    }

    /** How far a recorded change had come when its process died. */
    public Progress progress(Change change, String step) {
        return switch (change) {
            case TemplatePatch patch -> template.progress(patch, step);
            case PodResize resized -> resize.progress(resized, step);
            case PodReplacement replacement -> replace.progress(replacement, step);
            case JobPatch patch -> job.progress(patch, step);
            case TemplateRollback back -> rollback.progress(back, step);
            case TemplateEdit edited -> edit.progress(edited, step);
            case PodEviction eviction -> evict.progress(eviction, step);
            case TrafficPin pinned -> pin.progress(pinned, step);
        };
    }

    /** How what runs with a change does. */
    public Survival verify(Made made, Watch watch) {
        return switch (made) {
            case MadeRaise raise -> remedy(raise).verify(raise, watch);
            case MadeRollback back -> rollback.verify(back, watch);
            case MadeEdit edited -> edit.verify(edited, watch);
            case MadeEviction evicted -> evict.verify(evicted, watch);
            case MadePin pinned -> pin.verify(pinned, watch);
        };
    }

    /** What would take these changes back. @param made one after the other, oldest first, at least one. Writes nothing */
    public Plan revert(List<Made> made) {
        return switch (made.getLast()) {
            case MadeRaise last -> remedy(last).revert(only(MadeRaise.class, made));
            case MadeRollback _ -> rollback.revert(only(MadeRollback.class, made));
            case MadeEdit _ -> edit.revert(only(MadeEdit.class, made));
            case MadeEviction _ -> evict.revert(only(MadeEviction.class, made));
            case MadePin _ -> pin.revert(only(MadePin.class, made));
        };
    }

    /** How far taking these back has come. @param made as given to {@link #revert} */
    public Undone undone(List<Made> made) {
        return switch (made.getLast()) {
            case MadeRaise last -> remedy(last).undone(only(MadeRaise.class, made));
            case MadeRollback _ -> rollback.undone(only(MadeRollback.class, made));
            case MadeEdit _ -> edit.undone(only(MadeEdit.class, made));
            case MadeEviction _ -> evict.undone(only(MadeEviction.class, made));
            case MadePin _ -> pin.undone(only(MadePin.class, made));
        };
    }

    /** One incident is about one failure, and for that there is one remedy. */
    private static <M extends Made> List<M> only(Class<M> type, List<Made> made) {
        return made.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Remedy<? extends Change, MadeRaise> remedy(MadeRaise made) {
        return switch (made.remedy()) {
            case TEMPLATE_PATCH -> template;
            case POD_RESIZE -> resize;
            case POD_REPLACEMENT -> replace;
            case JOB_PATCH -> job;
        };
    }

    /** From what there is now to what there was at first. */
    static MemoryRaise takenBack(List<MadeRaise> made) {
        var last = made.getLast().raise();
        var before = made.getFirst()
                .limitBefore()
                .orElseGet(() -> made.getFirst().raise().from());
        return new MemoryRaise(last.container(), last.to(), before, last.request());
    }

    /** @throws ClusterException where the API server gave no answer: the act is resumed from its intent later */
    public Outcome apply(Approved approved, Checkpoint checkpoint) {
        return switch (approved.change()) {
            case TemplatePatch patch -> template.apply(patch, checkpoint);
            case PodResize resized -> resize.apply(resized, checkpoint);
            case PodReplacement replacement -> replace.apply(replacement, checkpoint);
            case JobPatch patch -> job.apply(patch, checkpoint);
            case TemplateRollback back -> rollback.apply(back, checkpoint);
            case TemplateEdit edited -> edit.apply(edited, checkpoint);
            case PodEviction eviction -> evict.apply(eviction, checkpoint);
            case TrafficPin pinned -> pin.apply(pinned, checkpoint);
        };
    }

    private Remedy<? extends Change, MadeRaise> remedyFor(Evidence evidence) {
        var top = evidence.owners().present().map(OwnerChain::top);
        if (top.isEmpty()) {
            return template;
        }
        var runsAgain = evidence.failure() instanceof Failure.OomKilled oom && oom.moment() == Moment.RUNNING_AGAIN;
        return top.get()
                .<Remedy<? extends Change, MadeRaise>>map(
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

    static Plan nothing(RefusalReason reason, String detail) {
        return new Plan.Nothing(new Refusal(reason, detail));
    }

    static Plan onDelete(OwnerChain.Known workload) {
        return nothing(
                RefusalReason.NO_REMEDY_FITS,
                "pods of " + workload.ref().display() + " are replaced only when somebody deletes them (OnDelete)");
    }

    /** Raising only the limit of a Guaranteed pod would change its QoS class, which the API server refuses. */
    static boolean isGuaranteed(Evidence evidence) {
        return "Guaranteed".equals(evidence.pod().getStatus().getQosClass());
    }

    static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** What a refused first write means; no answer at all is passed on, since it says nothing about what happened. */
    static Outcome refused(ClusterException e) {
        return switch (e.kind()) {
            case CONFLICT, REJECTED, NOT_FOUND -> new Outcome.Stale(String.valueOf(e.getMessage()));
            case FORBIDDEN, UNAUTHORIZED, ALREADY_EXISTS -> new Outcome.Failed(String.valueOf(e.getMessage()));
            case UNREACHABLE, BUSY, BROKEN -> throw e;
        };
    }
}
