package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.gate.Change.MemoryRaise;
import dev.kubesent.gate.JobPatch;
import dev.kubesent.gate.MadeRaise;
import dev.kubesent.gate.Plan;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * Raises the limit in a Job's own template, for its next try: suspends it, patches and resumes it in one request. Kubernetes allows that from
 * 1.36 on (KEP-5440); the server says so only of a Job that is suspended, so that where it refuses, the Job is resumed as it was.
 */
final class RaiseJobMemory implements Remedy<JobPatch, MadeRaise> {

    private static final KubernetesVersion ALLOWED_SINCE = new KubernetesVersion(1, 36);

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final Pause pause;

    RaiseJobMemory(ClusterReader reader, ClusterWriter writer, Pause pause) {
        this.reader = reader;
        this.writer = writer;
        this.pause = pause;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var name = evidence.failure().subject().container();
        var limit = ContainerResources.inPod(evidence.pod(), name).flatMap(ContainerResources::limit);
        var template = top.flatMap(job -> ContainerResources.inTemplate(job.object(), name));
        if (limit.isEmpty() || template.isEmpty()) {
            return Remedies.nothing(RefusalReason.NO_REMEDY_FITS, "container " + name + " has no memory limit");
        }
        var target = ObjectRef.of(top.orElseThrow().object());
        var raise = new MemoryRaise(
                name,
                limit.get(),
                Sizing.next(limit.get(), evidence),
                Remedies.isGuaranteed(evidence) || template.get().requestFollows());
        return whyNot(target, template.get(), raise)
                .<Plan>map(Plan.Nothing::new)
                .orElseGet(() -> new Plan.Planned(new JobPatch(target, raise, ofTemplate(template.get(), raise))));
    }

    /** Suspending it makes another generation of it. */
    private static List<PatchOperation> ofTemplate(ContainerResources template, MemoryRaise raise) {
        return template.raise(raise).stream()
                .filter(operation -> !operation.path().equals("/metadata/generation"))
                .toList();
    }

    private Optional<Refusal> whyNot(ObjectRef target, ContainerResources template, MemoryRaise raise) {
        var anew =
                ": make it anew, with a memory limit of %s for container %s".formatted(raise.to(), raise.container());
        if (!isAllowed()) {
            return no(RefusalReason.NO_REMEDY_FITS, "the template of a Job cannot be changed" + anew);
        }
        var live = job(target);
        if (live.isEmpty()) {
            return no(RefusalReason.NO_REMEDY_FITS, target.display() + " is gone");
        }
        var asked = template.limit().orElse(raise.from());
        if (!asked.equals(raise.from())) {
            return no(
                    RefusalReason.ALREADY_CHANGED,
                    "%s asks for %s by now, this pod had %s".formatted(target.display(), asked, raise.from()));
        }
        return live.get()
                .whyNot()
                .map(why -> new Refusal(
                        RefusalReason.NO_REMEDY_FITS,
                        "the template of a Job is changed only while it is suspended, and " + why + anew))
                .or(() -> live.get()
                        .working()
                        .map(pod -> new Refusal(
                                RefusalReason.TOO_SOON,
                                "the template of a Job is changed only while it is suspended, and " + pod
                                        + " would lose its work; that is waited for")));
    }

    private static Optional<Refusal> no(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }

    private boolean isAllowed() {
        try {
            return reader.version().isAtLeast(ALLOWED_SINCE);
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return false; // it does not tell everybody
        }
    }

    @Override
    public Progress progress(JobPatch change, String step) {
        var live = job(change.target());
        if (live.isEmpty()) {
            return Progress.OVERTAKEN;
        }
        if (live.get().isMarked(change.raise().to())
                || live.get().has(change.raise().to(), change)) {
            return Progress.UNDERWAY;
        }
        return live.get().has(change.raise().from(), change) ? Progress.UNTOUCHED : Progress.OVERTAKEN;
    }

    @Override
    public Outcome apply(JobPatch change, Checkpoint checkpoint) {
        return new WhileSuspended(reader, writer, pause).make(change);
    }

    @Override
    public Survival verify(MadeRaise made, Watch watch) {
        return job(made.target())
                .<Survival>map(live -> new NextTry(live.run(), made.raise()).verify(watch))
                .orElseGet(() -> new Survival.Gone(made.target().display() + " is gone"));
    }

    @Override
    public Plan revert(List<MadeRaise> made) {
        var last = made.getLast();
        return job(last.target())
                .filter(live -> !live.hasEnded())
                .<Plan>map(live -> new Plan.Planned(new JobPatch(
                        last.target(),
                        Remedies.takenBack(made),
                        MadeRaise.takingBack(made, last.target().uid()))))
                .orElseGet(() -> Remedies.nothing(
                        RefusalReason.NO_REMEDY_FITS, last.target().display() + " is gone, or has ended"));
    }

    @Override
    public Undone undone(List<MadeRaise> made) {
        var raise = Remedies.takenBack(made);
        var live = job(made.getLast().target());
        if (live.isEmpty()) {
            return Undone.GONE;
        }
        if (live.get().isMarked(raise.to())) {
            return Undone.ROLLING_OUT;
        }
        return live.get()
                        .limit(raise.container())
                        .filter(l -> !l.equals(raise.to()))
                        .isPresent()
                ? Undone.CHANGED_AGAIN
                : Undone.COMPLETE;
    }

    private Optional<SuspendedJob> job(ObjectRef target) {
        return SuspendedJob.of(reader, target);
    }
}
