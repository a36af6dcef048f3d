package dev.kubesent.cluster.fabric8;

/**
 * How many objects to ask for at once: an API server holds a page whole before it sends it. Here a page is read as it comes, one object at a time: ten
 * thousand pods of 11 KB are eleven pages.
 *
 * @param objects at least 1
 */
record PageSize(int objects) {

    /** Where nothing is known of their size: of the largest pods (1.5 MiB), four pages at once (ReadRoom) are 60 MiB, of a heap of 230. */
    private static final int FIRST = 10;

    private static final int MOST = 1_000;

    /** A pod has 5 to 20 KB; what etcd takes has 1.5 MiB at most. */
    private static final long BYTES = 12L << 20;

    static PageSize first() {
        return new PageSize(FIRST);
    }

    /** By the size of those that came. */
    PageSize after(int came, long bytes) {
        return came == 0 || bytes == 0 ? this : new PageSize(Math.clamp(BYTES * came / bytes, 1, MOST));
    }

    PageSize smaller() {
        return new PageSize(Math.max(1, objects / 4));
    }
}
