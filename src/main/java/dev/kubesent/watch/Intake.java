package dev.kubesent.watch;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.IncidentEvents;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import java.util.function.Function;

/**
 * The first look at what a watch tells, as at an event: most pods are well, and end here. Never waits, as the API server ends a watch that nobody reads.
 *
 * @param tooMany told where the queue has no room for one: a sweep finds it
 */
record Intake(LookQueue queue, Function<Sighting, Handled> door, Runnable tooMany) {

    /** In place of an event's id. */
    private static final String ORIGIN = "watch";

    void take(Watched what, Change change) {
        switch (change.type()) {
            case BOOKMARK -> {}
            case DELETED -> {
                var _ = door.apply(new Sighting.Unremarkable(Sighting.Why.DELETED));
            }
            case ADDED, MODIFIED -> take(sight(what, change.object()));
        }
    }

    private static Sighting sight(Watched what, byte[] object) {
        return switch (what) {
            case PODS -> PodEvents.sight(object, ORIGIN);
            case INCIDENTS -> IncidentEvents.sight(object);
        };
    }

    private void take(Sighting seen) {
        var isTaken = switch (seen) {
            case Sighting.Suspicious(var pod) ->
                queue.offer(new LookQueue.Key(Watched.PODS, pod.namespace(), pod.name()), seen);
            case Sighting.Decided(var namespace, var name) ->
                queue.offer(new LookQueue.Key(Watched.INCIDENTS, namespace, name), seen);
            case Sighting.Unremarkable _, Sighting.Unusable _ -> {
                var _ = door.apply(seen); // it is counted
                yield true;
            }
        };
        if (!isTaken) {
            tooMany.run();
        }
    }
}
