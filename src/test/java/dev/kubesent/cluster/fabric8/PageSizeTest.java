package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

    /** Bytes; what etcd takes. */
    private static final int LARGEST_OBJECT = 3 << 19;

    /** Four are read at once, in a heap of 230 MiB. */
    @Test
    void four_first_pages_of_the_largest_pods_fill_a_third_of_the_heap_at_most() {
        assertThat(4L * PageSize.FIRST.objects() * LARGEST_OBJECT).isLessThan(77L << 20);
    }

    @Test
    void it_grows_where_objects_are_small_and_shrinks_where_they_are_large() {
        var few = PageSize.FIRST.objects();

        assertThat(PageSize.FIRST.after(few, few * 10_000L).objects()).isEqualTo(419);
        assertThat(PageSize.FIRST.after(few, few * 500L).objects()).isEqualTo(500);
        assertThat(PageSize.FIRST.after(few, (long) few * LARGEST_OBJECT).objects())
                .isEqualTo(2);
        assertThat(PageSize.FIRST.after(0, 200)).isEqualTo(PageSize.FIRST);
        assertThat(PageSize.FIRST.smaller().smaller().smaller().objects()).isEqualTo(1);
    }
}
