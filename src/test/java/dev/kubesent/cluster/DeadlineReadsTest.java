package dev.kubesent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.MovingClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadlineReadsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final MovingClock clock = new MovingClock(NOW);
    private final ClusterReader reads =
            new DeadlineReads(new InMemoryCluster(clock), NOW.plus(Duration.ofSeconds(30)), clock);

    /** Each one but that of a log, which in memory has to be there. */
    static Stream<Function<ClusterReader, Object>> reads() {
        var pod = new ObjectRef("v1", "Pod", "shop", "web", "");
        return Stream.of(
                r -> r.get(Pod.class, "shop", "web"),
                r -> r.get(pod),
                r -> r.list(Pod.class, "shop"),
                r -> r.list(Pod.class, "shop", Map.of("app", "web")),
                r -> r.list("v1/x", "Pod", "shop"),
                r -> r.count(Pod.class, "shop"),
                r -> r.podPage("shop", "", _ -> true),
                r -> r.each(Pod.class, Selection.of("shop"), Bound.of(1), _ -> {}),
                r -> r.podMetrics(Selection.of("shop"), Bound.of(1), _ -> {}),
                r -> r.eventsAbout(pod));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void no_read_is_begun_after_the_deadline(Function<ClusterReader, Object> read) {
        assertThat(read.apply(reads)).isNotNull();

        clock.forward(Duration.ofSeconds(31));

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read.apply(reads))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    }
}
