package dev.kubesent.remedy.job;

import dev.kubesent.action.Sizing;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.JobPatch;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Raises;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.Outcome;
import dev.kubesent.remedy.engine.Pause;
import dev.kubesent.remedy.engine.Progress;
import dev.kubesent.remedy.engine.Remedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import java.util.List;
import java.util.Optional;

/**
 * Raises the limit in a Job's own template, for its next try, while it is suspended. Kubernetes allows that from 1.36 on (KEP-5440); the server says
 * so only of a Job that is suspended, so that where it refuses, the Job is resumed as it was.
 */
public final class RaiseJobMemory implements Remedy<JobPatch> {

    private static final KubernetesVersion ALLOWED_SINCE = new KubernetesVersion(1, 36);

    private final ClusterReader reader;
    private final WhileSuspended act;

    public RaiseJobMemory(ClusterReader reader, ClusterWriter writer, Pause pause) {
        this.reader = reader;
        this.act = new WhileSuspended(reader, writer, pause);
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var name = evidence.failure().subject().container();
        var limit = ContainerResources.inPod(evidence.pod(), name).flatMap(ContainerResources::limit);
        var template = top.flatMap(job -> ContainerResources.inTemplate(job.object(), name));
        if (limit.isEmpty() || template.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "container " + name + " has no memory limit");
        }
        var target = ObjectRef.of(top.orElseThrow().object());
        var raise = new MemoryRaise(
                name,
                limit.get(),
                Sizing.next(limit.get(), evidence),
                LivePod.isGuaranteed(evidence.pod()) || template.get().requestFollows());
        return notAllowed()
                .map(why -> advised(why, raise))
                .orElseGet(() -> plan(target, template.get(), raise, evidence));
    }

    private Plan plan(ObjectRef target, ContainerResources template, MemoryRaise raise, Evidence evidence) {
        var live = SuspendedJob.of(reader, target);
        if (live.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, target.display() + " is gone");
        }
        var asked = template.limit().orElse(raise.from());
        if (!asked.equals(raise.from())) {
            return Plan.nothing(
                    RefusalReason.ALREADY_CHANGED,
                    "%s asks for %s by now, this pod had %s".formatted(target.display(), asked, raise.from()));
        }
        var job = new Suspendable(live.get());
        return job.onlyWaitsFor(evidence.pod())
                .or(job::whyNot)
                .map(why -> advised(why, raise))
                .orElseGet(() -> patch(target, raise, live.get(), ofTemplate(template, raise)));
    }

    private static Plan patch(ObjectRef target, MemoryRaise raise, SuspendedJob live, List<PatchOperation> operations) {
        var mark = live.mark(raise.to());
        return new Plan.Planned(new JobPatch(target, raise, mark, live.suspension(mark), operations));
    }

    /** Suspending it makes another generation of it. */
    private static List<PatchOperation> ofTemplate(ContainerResources template, MemoryRaise raise) {
        return template.raise(raise).stream()
                .filter(operation -> !operation.path().equals("/metadata/generation"))
                .toList();
    }

    /** What a person can do, where nothing is waited for. */
    private static Plan advised(Refusal why, MemoryRaise raise) {
        return new Plan.Nothing(
                why.reason() == RefusalReason.NO_REMEDY_FITS
                        ? new Refusal(
                                why.reason(),
                                "%s: create it again, with a memory limit of %s for container %s"
                                        .formatted(why.detail(), raise.to(), raise.container()))
                        : why);
    }

    private Optional<Refusal> notAllowed() {
        try {
            return reader.version().isAtLeast(ALLOWED_SINCE)
                    ? Optional.empty()
                    : Optional.of(new Refusal(RefusalReason.NO_REMEDY_FITS, "the template of a Job cannot be changed"));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Optional.of(new Refusal(
                    RefusalReason.NO_REMEDY_FITS,
                    "KubeSent cannot find out whether the template of a Job can be changed (%s)"
                            .formatted(e.getMessage())));
        }
    }

    @Override
    public Progress progress(JobPatch change, String step) {
        var live = SuspendedJob.of(reader, change.target());
        if (live.isEmpty()) {
            return Progress.OVERTAKEN;
        }
        if (live.get().isOurs(change) || live.get().has(change.raise().to(), change)) {
            return Progress.UNDERWAY;
        }
        return live.get().has(change.raise().from(), change) ? Progress.UNTOUCHED : Progress.OVERTAKEN;
    }

    @Override
    public Outcome apply(JobPatch change, Checkpoint checkpoint) {
        return act.make(change, checkpoint);
    }

    @Override
    public Survival verify(JobPatch made, Watch watch) {
        return SuspendedJob.of(reader, made.target())
                .<Survival>map(live -> new NextTry(live.run(), live.pods(), made.raise()).verify(watch))
                .orElseGet(() -> new Survival.Gone(made.target().display() + " is gone"));
    }

    /** By the same way, and under the same conditions. */
    @Override
    public Plan revert(JobPatch last, List<Change> made) {
        var target = last.target();
        var raises = Raises.of(made);
        var live = SuspendedJob.of(reader, target);
        if (live.isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, target.display() + " is gone");
        }
        return new Suspendable(live.get())
                .whyNot()
                .<Plan>map(Plan.Nothing::new)
                .orElseGet(() -> patch(target, raises.back(), live.get(), raises.patchBack(target.uid())));
    }

    @Override
    public Undone undone(JobPatch last, List<Change> made) {
        var raise = Raises.of(made).back();
        return SuspendedJob.of(reader, last.target())
                .map(live -> live.limit(raise.container())
                                .filter(limit -> !limit.equals(raise.to()))
                                .isPresent()
                        ? Undone.CHANGED_AGAIN
                        : Undone.COMPLETE)
                .orElse(Undone.GONE);
    }
}
