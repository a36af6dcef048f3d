package dev.kubesent.cluster;

/**
 * How much of a list is looked at, at most: whichever comes first ends it.
 *
 * @param objects at least 1
 * @param bytes of their JSON, as a real API server sends it; in memory they are not counted
 */
public record Bound(int objects, long bytes) {

    /** What is kept whole: as objects it takes four times as much memory, and sixteen events may do so at once. */
    public static final Bound FEW = new Bound(1_000, 4L << 20);

    /** Two seconds of reading, and the largest objects that etcd takes (1.5 MiB), by the hundred. */
    private static final long PASSING = 256L << 20;

    public Bound {
        if (objects < 1 || bytes < 1) {
            throw new IllegalArgumentException("a bound of %d objects and %d bytes".formatted(objects, bytes));
        }
    }

    /** For a look of which only little is kept. */
    public static Bound of(int objects) {
        return new Bound(objects, PASSING);
    }
}
