package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchLoopTest {

    private static final String FORBIDDEN =
            "pods is forbidden: User \"system:serviceaccount:kubesent:kubesent\" cannot watch resource \"pods\" in API"
                    + " group \"\" at the cluster scope";

    private final ToldWatcher watcher = new ToldWatcher();
    private final AtomicInteger anew = new AtomicInteger();
    private final List<Sighting> seen = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private int rounds;

    @Test
    void a_watch_that_has_ended_goes_on_behind_its_last_line() {
        watcher.version("10").watch(pod("11"), bookmark("15")).watch(pod("16")).watch();

        run(3);

        assertThat(watcher.asked)
                .containsExactly("version", "watch 10", "closed", "watch 15", "closed", "watch 16", "closed");
        assertThat(seen).hasSize(2);
        assertThat(anew).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "BUSY"})
    void one_that_was_cut_goes_on_behind_its_last_line(Kind kind) {
        watcher.version("10").watch(pod("11"), failure(kind, "cut")).watch();

        run(2);

        assertThat(watcher.asked).containsExactly("version", "watch 10", "closed", "watch 11", "closed");
        assertThat(anew).hasValue(1);
    }

    /** 410 Gone is one of them: the cluster has forgotten what came after that version. */
    @ParameterizedTest
    @EnumSource(
            names = {"UNREACHABLE", "BUSY"},
            mode = EnumSource.Mode.EXCLUDE)
    void one_that_was_refused_begins_anew_and_has_looked_at_what_it_may_have_missed(Kind kind) {
        watcher.version("10")
                .watch(pod("11"), failure(kind, "gone"))
                .version("90")
                .watch();

        run(2);

        assertThat(watcher.asked).containsExactly("version", "watch 10", "closed", "version", "watch 90", "closed");
        assertThat(anew).hasValue(2);
    }

    @Test
    void nobody_is_asked_all_the_time_and_a_watch_that_begins_ends_the_waiting() {
        for (int i = 0; i < 10; i++) {
            watcher.version(failure(Kind.UNREACHABLE, "no route to host"));
        }
        watcher.version("10").watch(pod("11"), failure(Kind.UNREACHABLE, "cut"));

        run(11);

        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
        assertThat(pauses.subList(6, 10)).containsOnly(Duration.ofSeconds(30));
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void without_the_right_it_says_what_to_bind_until_there_is_a_watch() {
        watcher.version(failure(Kind.FORBIDDEN, FORBIDDEN))
                .version("10")
                .watch(bookmark("11"))
                .watch();

        run(3);

        assertThat(troubles).hasSize(3);
        assertThat(troubles.getFirst()).contains("bind the ClusterRole kubesent-source", FORBIDDEN);
        assertThat(troubles.subList(1, 3)).containsOnly("");
    }

    @Test
    void what_passes_by_itself_is_no_trouble_of_the_watch() {
        watcher.version(failure(Kind.UNREACHABLE, "no route to host"));

        run(1);

        assertThat(troubles).containsExactly("");
    }

    @Test
    void a_defect_of_ours_ends_one_watch_and_not_all_of_them() {
        watcher.version("10").watch(() -> {
            throw new IllegalStateException("a defect");
        });
        watcher.version("20").watch(pod("21"));

        run(2);

        assertThat(seen).hasSize(1);
        assertThat(anew).hasValue(2);
    }

    private void run(int most) {
        var queue = new LookQueue(Ticks.ofTheMachine(), new Tallies());
        var intake = new Intake(
                queue,
                sighting -> {
                    seen.add(sighting);
                    return new Handled.Dropped(Sighting.Why.HEALTHY);
                },
                () -> {});
        var self = new ArrayList<WatchLoop>();
        self.add(new WatchLoop(Watched.PODS, watcher, intake, anew::incrementAndGet, pause -> {
            pauses.add(pause);
            troubles.add(self.getFirst().trouble().orElse(""));
            return ++rounds < most;
        }));
        self.getFirst().run();
    }

    private static Supplier<Change> pod(String version) {
        var json = "{\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"demo\",\"name\":\"web\",\"uid\":\"u\"},"
                + "\"status\":{\"phase\":\"Running\"}}";
        return () -> new Change(Change.Type.MODIFIED, version, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Supplier<Change> bookmark(String version) {
        return () -> new Change(Change.Type.BOOKMARK, version, new byte[0]);
    }

    private static <T> Supplier<T> failure(Kind kind, String message) {
        return () -> {
            throw new ClusterException(kind, message);
        };
    }
}
