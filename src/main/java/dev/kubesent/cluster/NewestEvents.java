package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Of the Events that it is shown, the newest. */
public final class NewestEvents implements Consumer<Event> {

    /** An API server keeps Events for an hour, and counts those that are alike: a pod that crashes has about ten. */
    public static final int KEPT = 100;

    /** Who writes more than this about one object has something else to hide than its cause. */
    public static final int SEEN = 2_000;

    private static final Comparator<Event> BY_AGE = Comparator.comparing(NewestEvents::when);

    private final List<Event> newest = new ArrayList<>();

    @Override
    public void accept(Event event) {
        newest.add(event);
        if (newest.size() >= 2 * KEPT) {
            forgetOld();
        }
    }

    private void forgetOld() {
        newest.sort(BY_AGE);
        newest.subList(0, Math.max(0, newest.size() - KEPT)).clear();
    }

    public List<Event> oldestFirst() {
        forgetOld();
        return List.copyOf(newest);
    }

    private static String when(Event event) {
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            return event.getSeries().getLastObservedTime().getTime();
        }
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            return event.getEventTime().getTime();
        }
        return Objects.requireNonNullElse(event.getMetadata().getCreationTimestamp(), "");
    }
}
