package dev.kubesent.cluster.fabric8;

/**
 * How many objects to ask for at once: an API server holds a page whole before it sends it, and so do the buffers on the way.
 *
 * @param objects from 1 to 500, as kubectl asks for
 */
record PageSize(int objects) {

    private static final int MOST = 500;

    /** Bytes that a page should have. A pod has 5 to 20 KB; what etcd takes has 1.5 MiB at most. */
    private static final long AIM = 4L << 20;

    /** Where nothing is known of their size: of the largest pods (1.5 MiB), four pages at once (ReadRoom) are 60 MiB, of a heap of 230. */
    static final PageSize FIRST = new PageSize(10);

    /** By the size of those that came. */
    PageSize after(int came, long bytes) {
        return came == 0 || bytes == 0 ? this : new PageSize(Math.clamp(AIM * came / bytes, 1, MOST));
    }

    PageSize smaller() {
        return new PageSize(Math.max(1, objects / 4));
    }
}
