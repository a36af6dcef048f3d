package dev.kubesent.pipeline.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairSharesTest {

    private final List<String> begun = new ArrayList<>();

    @Test
    void one_namespace_has_at_most_half_of_the_places_and_anothers_first_begins_at_once() {
        var shares = new FairShares(16);
        offer(shares, "noisy", 32);

        begin(shares);
        assertThat(begun).hasSize(8).containsOnly("noisy");
        assertThat(offer(shares, load("quiet", 1), () -> {}, () -> {})).isTrue();
        begin(shares);

        assertThat(begun).endsWith("quiet");
    }

    @Test
    void two_noisy_ones_do_not_take_the_places_of_a_third() {
        var shares = new FairShares(16);
        offer(shares, "noisy", 30);
        offer(shares, "loud", 30);

        begin(shares);
        assertThat(begun).hasSize(12);
        offer(shares, "quiet", 1);
        begin(shares);

        assertThat(begun).endsWith("quiet");
    }

    @Test
    void what_waits_is_begun_in_turn() {
        var shares = new FairShares(4);
        offer(shares, "a", 4);
        begin(shares);
        offer(shares, "b", 4);
        begin(shares);
        assertThat(begun).containsExactly("a", "a", "b");

        for (int i = 0; i < 2; i++) {
            shares.done("a");
            begin(shares);
        }

        assertThat(begun).containsExactly("a", "a", "b", "a", "b");
    }

    @Test
    void the_oldest_of_a_namespace_is_begun_first() {
        var shares = new FairShares(4);
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            var _ = offer(shares, load("a", 1), () -> order.add(number), () -> {});
        }
        for (int i = 0; i < 3; i++) {
            shares.next().orElseThrow().what().run();
            shares.done("a");
        }

        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void what_waits_is_bounded_in_all_and_for_each_namespace() {
        var shares = new FairShares(2);

        assertThat(offer(shares, "a", 400)).isEqualTo(160);
        assertThat(offer(shares, "b", 400)).isEqualTo(160);
        assertThat(offer(shares, "c", 2))
                .as("the first of a namespace, and no more")
                .isEqualTo(1);
        assertThat(offer(shares, "d", 1)).isEqualTo(1);
        assertThat(offer(shares, "e", 1)).as("as many firsts as places").isZero();
    }

    @Test
    void what_was_begun_goes_before_what_is_new_and_finds_room_where_that_has_filled_it() {
        var shares = new FairShares(1);
        assertThat(offer(shares, "a", 200)).isEqualTo(80);
        var order = new ArrayList<String>();

        assertThat(shares.hasRoom("a", Work.Order.NEW)).isFalse();
        assertThat(shares.hasRoom("a", Work.Order.BEGUN)).isTrue();
        assertThat(offer(shares, new Work.Load("a", 1, Work.Order.BEGUN), () -> order.add("first"), () -> {}))
                .isTrue();
        assertThat(offer(shares, new Work.Load("a", 1, Work.Order.BEGUN), () -> order.add("second"), () -> {}))
                .isTrue();
        for (int i = 0; i < 2; i++) {
            shares.next().orElseThrow().what().run();
            shares.done("a");
        }

        assertThat(order).containsExactly("first", "second");
        for (int i = 0; i < 160; i++) {
            var _ = offer(shares, new Work.Load("a", 1, Work.Order.BEGUN), () -> {}, () -> {});
        }
        assertThat(shares.hasRoom("a", Work.Order.BEGUN)).as("bounded, too").isFalse();
    }

    @Test
    void what_waits_is_bounded_by_what_it_holds_and_the_first_of_each_namespace_finds_room() {
        var shares = new FairShares(2); // 2 MiB in all, and a half of that for one namespace
        var large = 600 * 1024;

        assertThat(offer(shares, load("a", large), () -> {}, () -> {})).isTrue();
        assertThat(offer(shares, load("a", large), () -> {}, () -> {})).isFalse();
        assertThat(offer(shares, load("a", 300 * 1024), () -> {}, () -> {})).isTrue();
        assertThat(offer(shares, load("b", large), () -> {}, () -> {})).isTrue();
        assertThat(offer(shares, load("c", large), () -> {}, () -> {})).isTrue();
        assertThat(offer(shares, load("d", large), () -> {}, () -> {}))
                .as("more than all, and a quarter")
                .isFalse();

        assertThat(shares.next().orElseThrow().namespace()).isEqualTo("a");
        shares.done("a");
        assertThat(offer(shares, load("d", large), () -> {}, () -> {}))
                .as("after one has begun")
                .isTrue();
    }

    @Test
    void what_finds_a_place_has_it_at_once_but_not_before_what_waits_of_its_namespace() {
        var shares = new FairShares(4);

        assertThat(shares.atOnce("a")).isTrue();
        assertThat(shares.atOnce("a")).isTrue();
        assertThat(shares.atOnce("a")).as("half of the places").isFalse();
        offer(shares, "a", 1);
        shares.done("a");
        assertThat(shares.atOnce("a")).as("one waits").isFalse();
        begin(shares);
        assertThat(begun).containsExactly("a");
        shares.done("a");
        assertThat(shares.atOnce("a")).isTrue();
        assertThat(shares.atOnce("b")).isTrue();
        assertThat(shares.atOnce("c")).isTrue();
        assertThat(shares.atOnce("d")).as("all are taken").isFalse();
    }

    @Test
    void a_place_that_comes_back_is_not_taken_before_what_waits_for_it_in_another_namespace() {
        var shares = new FairShares(1);
        assertThat(shares.atOnce("a")).isTrue();
        offer(shares, "a", 1);
        shares.done("a");

        assertThat(shares.atOnce("newcomer")).isFalse();
        begin(shares);
        assertThat(begun).containsExactly("a");
    }

    @Test
    void every_place_comes_back() {
        var shares = new FairShares(4);
        for (int i = 0; i < 100; i++) {
            offer(shares, "a", 8);
            begin(shares);
            begun.forEach(shares::done);
            begun.clear();
        }
        offer(shares, "a", 8);
        begin(shares);

        assertThat(begun).hasSize(2);
    }

    private static Work.Load load(String namespace, int weight) {
        return new Work.Load(namespace, weight, Work.Order.NEW);
    }

    private static boolean offer(FairShares shares, Work.Load load, Runnable what, Runnable notBegun) {
        var turn = new FairShares.Turn(load.namespace(), what, notBegun);
        return shares.offer(turn, load.weigh().getAsInt(), load.order());
    }

    private static int offer(FairShares shares, String namespace, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += offer(shares, load(namespace, 1), () -> {}, () -> {}) ? 1 : 0;
        }
        return taken;
    }

    private void begin(FairShares shares) {
        for (var turn = shares.next(); turn.isPresent(); turn = shares.next()) {
            begun.add(turn.get().namespace());
        }
    }
}
