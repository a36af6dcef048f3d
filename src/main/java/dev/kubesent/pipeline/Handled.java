package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Sighting.Why;
import java.util.List;
import java.util.Set;

/** What became of one event. */
public sealed interface Handled {

    /** The pod fails, and its incidents are durably written. @param incidents one for each failing container */
    record Opened(List<Incident> incidents) implements Handled {
        public Opened {
            incidents = List.copyOf(incidents);
        }
    }

    /** The same as a moment ago: nothing was read for it. @param incidents whose failure it is */
    record Known(Set<RecentFailures.Ref> incidents) implements Handled {
        public Known {
            incidents = Set.copyOf(incidents);
        }
    }

    record Dropped(Why why) implements Handled {}

    /** The sender's error. */
    record Rejected(Problem problem) implements Handled {}

    /** The cluster's fault or ours, and a passing one: the sender should send it again. */
    record TryAgain(String detail) implements Handled {}
}
