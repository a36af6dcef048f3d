package dev.kubesent.gate;

import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import java.util.List;

/**
 * A change that passed every constraint. A final class and not a record, because a record's constructor cannot be less
 * visible than the record, and only the gate may make one.
 */
public final class Approved implements Verdict {

    private final Change change;
    private final List<Refusal> waived;

    Approved(Change change, List<Refusal> waived) {
        this.change = change;
        this.waived = List.copyOf(waived);
    }

    /** What stood against it, and was set aside by a person's approval of this very change. */
    public List<Refusal> waived() {
        return waived;
    }

    public Change change() {
        return change;
    }
}
