package dev.kubesent.remedy.engine;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Request;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/**
 * The one engine of the remedies that are one patch of one object. How far such an act has come, and what became of it, is told by what its target
 * looks like, and by nothing else; so it can be cut short anywhere, and be begun again.
 *
 * @param <C> the change it makes
 */
public abstract class PatchRemedy<C extends Change> implements Remedy<C> {

    private final ClusterReader reader;
    private final ClusterWriter writer;

    public PatchRemedy(ClusterReader reader, ClusterWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    protected abstract boolean isAsMade(C change, GenericKubernetesResource live);

    /** Asked only of what is not as made. */
    protected abstract boolean isAsBefore(C change, GenericKubernetesResource live);

    /** Does what is left to do once the patch was taken. @return what came of it, in a sentence */
    protected abstract String finish(C change);

    /** How it was confirmed. */
    protected String verification() {
        return "the API server accepted the patch; its test operations passed";
    }

    /** How what runs with it does. @param live as it was made */
    protected abstract Survival watch(C made, GenericKubernetesResource live, Watch watch);

    /** What somebody has made of it since, in a sentence. */
    protected abstract String overtaken(C made, GenericKubernetesResource live);

    /** The change that takes these back. */
    protected abstract Plan inverse(C last, List<Change> made, GenericKubernetesResource live);

    /** How far taking these back has come. */
    protected abstract Undone undone(C last, List<Change> made, GenericKubernetesResource live);

    private Looks look(C change) {
        return reader.get(change.target()).map(live -> look(change, live)).orElse(Looks.GONE);
    }

    private Looks look(C change, GenericKubernetesResource live) {
        if (isAsMade(change, live)) {
            return Looks.AS_MADE;
        }
        return isAsBefore(change, live) ? Looks.AS_BEFORE : Looks.OTHER;
    }

    @Override
    public final Progress progress(C change, String step) {
        return switch (look(change)) {
            case AS_MADE -> Progress.UNDERWAY;
            case AS_BEFORE -> Progress.UNTOUCHED;
            case GONE, OTHER -> Progress.OVERTAKEN;
        };
    }

    @Override
    public final Outcome apply(C change, Checkpoint checkpoint) {
        return whyNotMade(change).orElseGet(() -> new Outcome.Applied(finish(change), verification()));
    }

    /** Makes the patch. A record of a template holds none: it is made already, or never. @return empty where the target is as meant */
    private Optional<Outcome> whyNotMade(C change) {
        if (change.operations().isEmpty()) {
            return isMade(change)
                    ? Optional.empty()
                    : Optional.of(new Outcome.Stale("what was begun is not there any more"));
        }
        try {
            change.requests().forEach(this::send);
            return Optional.empty();
        } catch (ClusterException e) {
            return isMade(change) ? Optional.empty() : Optional.of(Outcome.refused(e));
        }
    }

    /** Before this act was cut short, or in spite of an answer that was lost. */
    private boolean isMade(C change) {
        return reader.get(change.target())
                .filter(live -> isAsMade(change, live))
                .isPresent();
    }

    private void send(Request request) {
        switch (request) {
            case Request.Patch(var target, var subresource, var operations) ->
                writer.patch(target, subresource, operations);
            case Request.Create(var pod) -> writer.create(pod);
            case Request.Delete(var pod) -> writer.delete(pod);
            case Request.Evict(var pod) -> writer.evict(pod);
        }
    }

    @Override
    public final Survival verify(C made, Watch watch) {
        return reader.get(made.target())
                .map(live ->
                        isAsMade(made, live) ? watch(made, live, watch) : new Survival.Overtaken(overtaken(made, live)))
                .orElseGet(() -> new Survival.Gone(made.target().display() + " is gone"));
    }

    @Override
    public Plan revert(C last, List<Change> made) {
        return reader.get(last.target())
                .map(live -> inverse(last, made, live))
                .orElseGet(() ->
                        Plan.nothing(RefusalReason.NO_REMEDY_FITS, last.target().display() + " is gone"));
    }

    @Override
    public final Undone undone(C last, List<Change> made) {
        return reader.get(last.target()).map(live -> undone(last, made, live)).orElse(Undone.GONE);
    }
}
