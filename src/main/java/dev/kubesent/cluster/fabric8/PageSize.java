package dev.kubesent.cluster.fabric8;

/**
 * How many objects to ask for at once: an API server holds a page whole before it sends it.
 *
 * @param objects at least 1
 */
record PageSize(int objects, Aim aim) {

    /** Where nothing is known of their size: of the largest pods (1.5 MiB), four pages at once (ReadRoom) are 60 MiB, of a heap of 230. */
    private static final int FIRST = 10;

    /** What becomes of a page. A pod has 5 to 20 KB; what etcd takes has 1.5 MiB at most. */
    enum Aim {
        /** It is kept here as bytes. As many objects as kubectl asks for, and 4 MiB. */
        KEPT(500, 4L << 20),
        /** It is read as it comes, one object at a time: ten thousand pods of 11 KB are eleven pages. */
        STREAMED(1_000, 12L << 20);

        private final int objects;
        private final long bytes;

        Aim(int objects, long bytes) {
            this.objects = objects;
            this.bytes = bytes;
        }
    }

    static PageSize first(Aim aim) {
        return new PageSize(FIRST, aim);
    }

    /** By the size of those that came. */
    PageSize after(int came, long bytes) {
        return came == 0 || bytes == 0 ? this : new PageSize(Math.clamp(aim.bytes * came / bytes, 1, aim.objects), aim);
    }

    PageSize smaller() {
        return new PageSize(Math.max(1, objects / 4), aim);
    }
}
