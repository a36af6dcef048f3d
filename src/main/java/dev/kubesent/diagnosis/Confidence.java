package dev.kubesent.diagnosis;

/**
 * How sure a rule is: what its best piece of evidence is worth, more for each further piece that agrees, less for each that contradicts or
 * that could have contradicted and was not read. 5 to 95: nothing that is seen from outside is certain.
 *
 * <p>It says how much of what could prove or contradict a cause was seen, not how likely the cause is in general. The gate acts from 90
 * (its default): so only on a field of Kubernetes with two other pieces that agree, and nothing against it or unread.
 */
public record Confidence(int value) {

    /** From here on a cause counts as known, and no model is asked. */
    public static final int KNOWN = 80;

    private static final int LEAST = 5;
    private static final int MOST = 95;
    private static final int AGREES = 5;
    private static final int CONTRADICTS = 30;
    private static final int UNREAD = 10;

    /** What a piece of evidence is worth alone. */
    public enum Kind {
        /** Kubernetes states it in a field made for it: a reason, an exit code of the runtime, a condition. */
        FIELD(85),
        /** A sentence of the kubelet, a runtime or a registry, whose meaning is known. */
        SENTENCE(80),
        /** A sentence of the program itself, whose meaning is known. */
        SAID(75),
        /** A line of the program that speaks of an error, and of which no more is known. */
        COMPLAINT(65),
        /** It fits, and so do other causes. */
        FITS(55),
        /** It fits several causes equally well, and that is what is said. */
        OPEN(40);

        private final int worth;

        Kind(int worth) {
            this.worth = worth;
        }
    }

    public static Confidence of(Kind best) {
        return new Confidence(best.worth);
    }

    /** Another piece, from another place, that says the same. */
    public Confidence agreeing(boolean holds) {
        return holds ? plus(AGREES) : this;
    }

    /** A piece that speaks for another cause. */
    public Confidence contradicted(boolean holds) {
        return holds ? plus(-CONTRADICTS) : this;
    }

    /** A place where such a piece could be, and which could not be read. */
    public Confidence unread(boolean holds) {
        return holds ? plus(-UNREAD) : this;
    }

    private Confidence plus(int points) {
        return new Confidence(value + points);
    }

    /** 5 to 95. */
    @Override
    public int value() {
        return Math.clamp(value, LEAST, MOST);
    }
}
