package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

    private static final PageSize FIRST = PageSize.first();

    /** Bytes; what etcd takes. */
    private static final int LARGEST_OBJECT = 3 << 19;

    /** Four are read at once, in a heap of 230 MiB. */
    @Test
    void four_first_pages_of_the_largest_pods_fill_a_third_of_the_heap_at_most() {
        assertThat(4L * FIRST.objects() * LARGEST_OBJECT).isLessThan(77L << 20);
    }

    @Test
    void it_grows_where_objects_are_small_and_shrinks_where_they_are_large() {
        var few = FIRST.objects();

        assertThat(FIRST.after(few, few * 10_000L).objects()).isEqualTo(1_000);
        assertThat(FIRST.after(few, few * 20_000L).objects()).isEqualTo(629);
        assertThat(FIRST.after(few, (long) few * LARGEST_OBJECT).objects()).isEqualTo(8);
        assertThat(FIRST.after(0, 200)).isEqualTo(FIRST);
        assertThat(FIRST.smaller().smaller().smaller().objects()).isEqualTo(1);
    }
}
