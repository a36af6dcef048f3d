package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.FailureKind;

/** The traffic of a Knative Service that was given to another Revision; before, it went to whichever was the latest. */
public record MadePin(ObjectRef target, FailureKind failure, String container, String from, String to) implements Made {

    static MadePin of(TrafficPin change) {
        return new MadePin(change.target(), change.failure(), change.container(), change.from(), change.to());
    }
}
