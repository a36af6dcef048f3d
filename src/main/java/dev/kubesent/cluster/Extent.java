package dev.kubesent.cluster;

/** How much of what there is was looked at. */
public enum Extent {
    WHOLE,
    /** The bound came first: of the rest nothing is known. */
    CUT;

    public boolean isWhole() {
        return this == WHOLE;
    }

    /** Both together. */
    public Extent and(Extent other) {
        return isWhole() ? other : CUT;
    }
}
