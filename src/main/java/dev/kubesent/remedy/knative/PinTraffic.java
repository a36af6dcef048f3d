package dev.kubesent.remedy.knative;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.remedy.engine.PatchRemedy;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Undone;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** Holds the traffic of a Knative Service at the last Revision that is ready, where a later one that was ready broke. */
public final class PinTraffic extends PatchRemedy<TrafficPin> {

    private final ClusterReader reader;

    public PinTraffic(ClusterReader reader, ClusterWriter writer) {
        super(reader, writer);
        this.reader = reader;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var traffic = evidence.around().traffic().present().orElse(TrafficFacts.NONE);
        if (top.isEmpty() || traffic.broken().isEmpty() || traffic.good().isEmpty()) {
            return Plan.nothing(RefusalReason.NO_REMEDY_FITS, "no earlier Revision is ready");
        }
        var failure = evidence.failure();
        return new Plan.Planned(TrafficPin.of(
                ObjectRef.of(top.get().object()),
                failure.kind(),
                failure.subject().container(),
                traffic.broken().get().name(),
                traffic.good().get().name(),
                new Traffic(top.get().object()).json()));
    }

    @Override
    protected boolean isAsMade(TrafficPin change, GenericKubernetesResource live) {
        return new Traffic(live).goesTo(change.to());
    }

    @Override
    protected boolean isAsBefore(TrafficPin change, GenericKubernetesResource live) {
        return new Traffic(live).goesTo(change.to().isEmpty() ? change.from() : "");
    }

    @Override
    protected String finish(TrafficPin change) {
        var name = change.target().display();
        return change.to().isEmpty()
                ? "the traffic of %s goes to the latest Revision".formatted(name)
                : "the traffic of %s is held at Revision %s; later ones get none until somebody points it at the latest again"
                        .formatted(name, change.to());
    }

    @Override
    protected String overtaken(TrafficPin made, GenericKubernetesResource live) {
        return "the traffic of " + made.target().display() + " goes elsewhere by now";
    }

    @Override
    protected Survival watch(TrafficPin made, GenericKubernetesResource live, Watch watch) {
        var revision = new NextRevision(reader, live);
        var judged = revision.judged(made.to(), _ -> true, watch, new Fault(made.failure(), made.container()));
        if (judged.isPresent()) {
            return judged.get();
        }
        if (!revision.isReady(made.to()) || !new Traffic(live).isServedBy(made.to())) {
            var told = "Revision " + made.to() + " does not serve";
            return watch.isOver() ? new Survival.NotUp(told) : new Survival.Watching(told);
        }
        return watch.since().plus(watch.mustLive()).isAfter(watch.now())
                ? new Survival.Watching("Revision " + made.to() + " has the traffic")
                : new Survival.Alive("Revision " + made.to() + " has the traffic, and no pods because nobody calls it");
    }

    @Override
    protected Plan inverse(TrafficPin last, List<Change> made, GenericKubernetesResource live) {
        return new Plan.Planned(TrafficPin.of(
                last.target(), last.failure(), last.container(), last.to(), "", new Traffic(live).json()));
    }

    @Override
    protected Undone undone(TrafficPin last, List<Change> made, GenericKubernetesResource live) {
        if (isAsMade(last, live)) {
            return Undone.ROLLING_OUT;
        }
        return new Traffic(live).goesTo("") ? Undone.COMPLETE : Undone.CHANGED_AGAIN;
    }
}
