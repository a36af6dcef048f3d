package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Origin;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.reads.AtReads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Probe of the review: Sweep.resume says that the pods are looked at nevertheless; a defect at one unfinished incident ends the sweep before its first pod, each time. */
class SweepAfterADefectTest {

    @Test
    void a_defect_at_what_is_unfinished_does_not_keep_the_pods_from_being_looked_at() {
        var scenario = Scenario.named("oom-deployment");
        var clock = new MovingClock(scenario.time());
        var real = new InMemoryTestCluster().load(scenario, clock).ports();
        var isFirst = new AtomicBoolean(true);
        var pages = new AtomicInteger();
        var ports = AtReads.before(real, read -> {
            if (read.is("page", Incident.class) && isFirst.getAndSet(false)) {
                throw new IllegalStateException("a defect at one incident");
            }
            pages.addAndGet(read.is("podPage") ? 1 : 0);
        });

        var _ = new SweepEndpoint(
                        new Sweep(ScenarioRun.pipeline(ports, clock, "test"), ports, clock),
                        Work.beforeTheAnswer(),
                        clock,
                        Origin.unnamed(clock))
                .begins();

        assertThat(pages.get()).as("pages of pods").isPositive();
    }
}
