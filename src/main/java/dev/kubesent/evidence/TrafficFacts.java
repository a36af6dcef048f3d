package dev.kubesent.evidence;

import dev.kubesent.evidence.revision.Revision;
import java.util.Optional;

/**
 * Where the traffic of a Knative Service goes, and where it could go.
 *
 * @param broken the Revision of the failing pod, where it has all of the traffic as the latest, was ready once, and has no pod that lives now
 * @param good the latest Revision before that which is ready now, or would be with traffic, and of which no pod fails
 */
public record TrafficFacts(Optional<Revision> broken, Optional<Revision> good) {

    /** Of what is no Knative Service, or lives. */
    public static final TrafficFacts NONE = new TrafficFacts(Optional.empty(), Optional.empty());

    /** Whether a Revision that was ready is so no more, with all of the traffic. */
    public boolean isBroken() {
        return broken.isPresent();
    }
}
