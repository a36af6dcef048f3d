package dev.kubesent.remedy;

import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Plan;

/** One way to carry out an action. @param <C> the change it makes */
interface Remedy<C extends Change> {

    /** The exact change it would make, or why it would make none. Writes nothing. */
    Plan describe(Evidence evidence);

    /** @param step the last point of no return that was written down; empty before the first */
    Progress progress(C change, String step);

    /** Makes the change, or what is left of it. May be called again after any interruption. */
    Outcome apply(C change, Checkpoint checkpoint);
}
