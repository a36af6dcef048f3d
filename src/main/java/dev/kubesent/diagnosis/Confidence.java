package dev.kubesent.diagnosis;

/**
 * What the numbers mean. Only {@link #PROVEN} passes the gate's default of 90.
 *
 * <p>It says how much of what could prove or contradict a cause was seen, not how likely the cause is in general.
 */
public final class Confidence {

    /** Kubernetes states it in a field made for it, and everything that could contradict it was read and does not. */
    public static final int PROVEN = 95;

    /** Kubernetes states it, but something that could contradict it could not be read. */
    public static final int STATED = 85;

    /** The text of a runtime, registry or program is one that means this cause. */
    public static final int RECOGNISED = 80;

    /** It fits, and so do other causes that are less likely. */
    public static final int LIKELY = 60;

    /** The evidence fits several causes, and says so. */
    public static final int AMBIGUOUS = 40;

    public static final int NONE = 0;

    private Confidence() {}
}
