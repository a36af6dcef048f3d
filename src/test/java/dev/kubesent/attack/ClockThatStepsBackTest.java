package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Page;
import dev.kubesent.event.Request;
import dev.kubesent.function.health.ClusterHealth;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Origin;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.watch.Feed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Probe of the review, no number in security.md: a node's clock was an hour ahead, and NTP puts it right. A wait of seconds must not become one of an hour. */
class ClockThatStepsBackTest {

    private static final Duration STEP = Duration.ofHours(-1);

    private final Scenario scenario = Scenario.named("oom-deployment");
    private final MovingClock clock = new MovingClock(scenario.time());
    private final CountingReader counting = new CountingReader();

    @Test
    void sweeps_go_on() {
        var ports =
                counting.around(new InMemoryTestCluster().load(scenario, clock).ports());
        var sweeps = new SweepEndpoint(
                new Sweep(ScenarioRun.pipeline(ports, clock, "test"), ports, clock),
                Work.beforeTheAnswer(),
                clock,
                Origin.unnamed(clock));
        assertThat(sweeps.begins()).isTrue();

        clock.forward(STEP);
        clock.forward(Duration.ofMinutes(5));

        assertThat(sweeps.answer(new Request(Map.of(), new byte[0])).status()).isEqualTo(200);
    }

    @Test
    void what_is_unfinished_is_taken_up() {
        var ports =
                counting.around(new InMemoryTestCluster().load(scenario, clock).ports());
        var resumption = new Resumption(ScenarioRun.pipeline(ports, clock, "test"), clock, ScenarioRun::atOnceOrNever);
        resumption.resume();
        var before = counting.reads().size();

        clock.forward(STEP);
        clock.forward(Duration.ofMinutes(5));
        resumption.resume();

        assertThat(counting.reads()).hasSizeGreaterThan(before);
    }

    @Test
    void readiness_is_looked_at_again() {
        var trouble = new AtomicReference<Optional<ClusterException>>(
                Optional.of(new ClusterException(ClusterException.Kind.UNREACHABLE, "starting")));
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, _, _) -> {
                    trouble.get().ifPresent(e -> {
                        throw e;
                    });
                    return new Page<>(List.of(), "", false);
                });
        var health = new ClusterHealth(reader, "kubesent", List::of, Feed.events(() -> {}), Optional::empty, clock);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        trouble.set(Optional.empty());
        clock.forward(STEP);
        clock.forward(Duration.ofMinutes(5));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
