package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import java.util.function.UnaryOperator;

/** What a look at a change that is watched asks for. */
public sealed interface Due {

    /** Nothing to say or to do, and so nothing to write. */
    record Nothing() implements Due {}

    /** The last word. It changes nothing in the cluster, so that it takes no lease: one write ends it, which fails where somebody else has written since. */
    record LastWord(UnaryOperator<Incident> step) implements Due {}

    /** Something is to be done, under the lease. */
    record Step(UnaryOperator<Incident> step) implements Due {}
}
