package dev.kubesent.gate;

/**
 * A change that passed every constraint. A final class and not a record, because a record's constructor cannot be less
 * visible than the record, and only the gate may make one.
 */
public final class Approved implements Verdict {

    private final Change change;

    Approved(Change change) {
        this.change = change;
    }

    public Change change() {
        return change;
    }
}
