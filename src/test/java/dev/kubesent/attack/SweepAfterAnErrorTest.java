package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Origin;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Probe of the review: BackgroundWork cannot start a thread once (a pids limit), as Thread.start says with an OutOfMemoryError that does not end the JVM. */
class SweepAfterAnErrorTest {

    @Test
    void one_sweep_that_could_not_begin_does_not_end_all_sweeps() {
        var scenario = Scenario.named("oom-deployment");
        var clock = new MovingClock(scenario.time());
        var ports = new InMemoryTestCluster().load(scenario, clock).ports();
        var times = new AtomicInteger();
        var work = new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                if (times.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return healing.get();
            }

            @Override
            public void close() {}
        };
        var sweeps = new SweepEndpoint(
                new Sweep(ScenarioRun.pipeline(ports, clock, "test"), ports, clock),
                work,
                clock,
                Origin.unnamed(clock));
        try {
            sweeps.begins();
        } catch (Error e) {
            System.out.println("first: " + e);
        }
        clock.forward(Duration.ofHours(1));

        assertThat(sweeps.begins()).as("an hour later").isTrue();
    }
}
