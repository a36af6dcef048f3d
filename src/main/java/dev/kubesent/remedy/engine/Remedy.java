package dev.kubesent.remedy.engine;

import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;

/** One way to carry out an action. @param <C> the change it makes */
public interface Remedy<C extends Change> {

    /** The exact change it would make, or why it would make none. Writes nothing. */
    Plan describe(Diagnosis diagnosis, Evidence evidence);

    /** @param step the last point of no return that was written down; empty before the first */
    Progress progress(C change, String step);

    /** How what runs with the change does. @param made as it is kept */
    Survival verify(C made, Watch watch);

    /**
     * The change that takes these back. Writes nothing.
     *
     * @param last of them, as it is kept
     * @param made one after the other, oldest first; all of one deed
     */
    Plan revert(C last, List<Change> made);

    /** How far taking these back has come. */
    Undone undone(C last, List<Change> made);

    /** Makes the change, or what is left of it. May be called again after any interruption. */
    Outcome apply(C change, Checkpoint checkpoint);
}
