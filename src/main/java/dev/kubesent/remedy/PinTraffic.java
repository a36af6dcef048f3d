package dev.kubesent.remedy;

import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.RefusalReason;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.failure.Fault;
import java.util.List;

/** Holds the traffic of a Knative Service at the last Revision that is ready, where a later one that was ready broke. */
final class PinTraffic implements Remedy<TrafficPin> {

    private final ClusterReader reader;
    private final ClusterWriter writer;

    PinTraffic(ClusterReader reader, ClusterWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public Plan describe(Diagnosis diagnosis, Evidence evidence) {
        var top = evidence.owners().present().flatMap(OwnerChain::knownTop);
        var traffic = evidence.around().traffic().present().orElse(TrafficFacts.NONE);
        if (top.isEmpty() || traffic.broken().isEmpty() || traffic.good().isEmpty()) {
            return Remedies.nothing(RefusalReason.NO_REMEDY_FITS, "no earlier Revision is ready");
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
    public Progress progress(TrafficPin change, String step) {
        var live = reader.get(change.target());
        if (live.isEmpty()) {
            return Progress.OVERTAKEN;
        }
        if (new Traffic(live.get()).goesTo(change.to())) {
            return Progress.UNDERWAY;
        }
        var before = change.to().isEmpty() ? change.from() : "";
        return new Traffic(live.get()).goesTo(before) ? Progress.UNTOUCHED : Progress.OVERTAKEN;
    }

    @Override
    public Outcome apply(TrafficPin change, Checkpoint checkpoint) {
        try {
            writer.patch(change.target(), Subresource.NONE, change.operations());
        } catch (ClusterException e) {
            var already = reader.get(change.target())
                    .filter(live -> new Traffic(live).goesTo(change.to()))
                    .isPresent();
            if (!already) {
                return Remedies.refused(e);
            }
        }
        var name = change.target().display();
        return new Outcome.Applied(
                change.to().isEmpty()
                        ? "the traffic of %s goes to the latest Revision".formatted(name)
                        : "the traffic of %s is held at Revision %s; later ones get none until somebody lets it go to the latest again"
                                .formatted(name, change.to()),
                "the API server took the patch, whose test operations held");
    }

    @Override
    public Survival verify(TrafficPin made, Watch watch) {
        var live = reader.get(made.target());
        if (live.isEmpty()) {
            return new Survival.Gone(made.target().display() + " is gone");
        }
        if (!new Traffic(live.get()).goesTo(made.to())) {
            return new Survival.Overtaken("the traffic of " + made.target().display() + " goes elsewhere by now");
        }
        var revision = new NextRevision(reader, live.get());
        var judged = revision.judged(made.to(), _ -> true, watch, new Fault(made.failure(), made.container()));
        if (judged.isPresent()) {
            return judged.get();
        }
        if (!revision.isReady(made.to()) || !new Traffic(live.get()).isServedBy(made.to())) {
            var told = "Revision " + made.to() + " does not serve";
            return watch.isOver() ? new Survival.NotUp(told) : new Survival.Watching(told);
        }
        return watch.since().plus(watch.mustLive()).isAfter(watch.now())
                ? new Survival.Watching("Revision " + made.to() + " has the traffic")
                : new Survival.Alive("Revision " + made.to() + " has the traffic, and no pods for want of it");
    }

    @Override
    public Plan revert(TrafficPin last, List<Change> made) {
        return reader.get(last.target())
                .<Plan>map(live -> new Plan.Planned(TrafficPin.of(
                        last.target(), last.failure(), last.container(), last.to(), "", new Traffic(live).json())))
                .orElseGet(() -> Remedies.nothing(
                        RefusalReason.NO_REMEDY_FITS, last.target().display() + " is gone"));
    }

    @Override
    public Undone undone(TrafficPin last, List<Change> made) {
        var live = reader.get(last.target());
        if (live.isEmpty()) {
            return Undone.GONE;
        }
        if (new Traffic(live.get()).goesTo(last.to())) {
            return Undone.ROLLING_OUT;
        }
        return new Traffic(live.get()).goesTo("") ? Undone.COMPLETE : Undone.CHANGED_AGAIN;
    }
}
