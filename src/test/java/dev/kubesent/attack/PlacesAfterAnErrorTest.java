package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.pipeline.work.Work.Load;
import dev.kubesent.pipeline.work.Work.Order;
import dev.kubesent.pipeline.work.Workers;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Probe of the review: Thread.start says "unable to create native thread" (a pids limit, other programs of the node) with an OutOfMemoryError that
 * does not end the JVM, -XX:+ExitOnOutOfMemoryError or not. The place that was taken for the work must come back.
 */
class PlacesAfterAnErrorTest {

    private final AtomicInteger fails = new AtomicInteger(4);

    @Test
    void threads_that_could_not_be_started_do_not_take_the_places_for_ever() {
        var done = new AtomicInteger();
        var notBegun = new AtomicInteger();
        try (var work = new BackgroundWork(4, Duration.ofSeconds(30), workers())) {
            for (int i = 0; i < 4; i++) {
                work.run(new Load("ns-" + i, 0, Order.NEW), done::incrementAndGet, 0, notBegun::incrementAndGet);
            }
            assertThat(fails).hasValue(0);
            assertThat(notBegun).as("who is told that nobody does it").hasValue(4);

            for (int i = 0; i < 4; i++) {
                work.run(new Load("later-" + i, 0, Order.NEW), done::incrementAndGet, 0);
            }
        }

        assertThat(done.get()).isGreaterThanOrEqualTo(4);
    }

    /** Another event of the namespace comes just then: it waits for the place that is given back. */
    @Test
    void what_came_while_a_thread_could_not_be_started_has_the_place_that_comes_back() throws InterruptedException {
        var first = new AtomicBoolean(true);
        var works = new ArrayList<BackgroundWork>();
        var done = new CountDownLatch(1);
        var busy = new Workers(
                task -> {
                    if (first.compareAndSet(true, false)) {
                        works.getFirst().run(new Load("a", 0, Order.NEW), counted(done), 0);
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task);
                },
                Clock.systemUTC());
        try (var work = new BackgroundWork(2, Duration.ofSeconds(30), busy)) {
            works.add(work);

            work.run(new Load("a", 0, Order.NEW), () -> 1, 0);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Supplier<Integer> counted(CountDownLatch done) {
        return () -> {
            done.countDown();
            return 1;
        };
    }

    @Test
    void an_incident_that_found_no_thread_is_taken_up_by_the_next_round() {
        var scenario = Scenario.named("oom-deployment");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        fails.set(1);
        try (var work = new BackgroundWork(4, Duration.ofSeconds(30), workers())) {
            var pipeline = new Pipeline(loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
            assertThat(ScenarioRun.endpoint(pipeline, clock)
                            .answer(loaded.event())
                            .status())
                    .isEqualTo(202);

            pipeline.resume("");
        }

        assertThat(loaded.inspector()
                        .list(Incident.class, scenario.namespace())
                        .getFirst()
                        .progress()
                        .phase())
                .isEqualTo(Phase.Verifying);
    }

    @Test
    void nor_do_questions() {
        var endpoint = new DiagnoseEndpoint(
                Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 20, 1, Clock.systemUTC(), workers());
        var request = new Request(Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 4; i++) {
            assertThat(endpoint.answer(request).status()).isEqualTo(503);
        }

        assertThat(endpoint.answer(request).status())
                .as("unusable, and answered")
                .isEqualTo(400);
    }

    /** Four times there is no thread to be had. */
    private Workers workers() {
        return new Workers(
                what -> {
                    if (fails.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return Thread.ofPlatform().daemon().unstarted(what);
                },
                Clock.systemUTC());
    }
}
