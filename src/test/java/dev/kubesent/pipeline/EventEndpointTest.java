package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.reads.AtReads;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sender is answered when things go wrong: never 500, and 503 only where sending again may help. */
class EventEndpointTest {

    private static final Scenario OOM = Scenario.named("oom-deployment");

    private final Clock clock = Clock.fixed(OOM.time(), ZoneOffset.UTC);
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(OOM, clock);

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "BUSY", "BROKEN"})
    void a_cluster_that_does_not_answer_means_503_with_retry_after(Kind kind) {
        var reply = answer(failingReads(() -> new ClusterException(kind, "a line of a log")));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsKey("retry-after");
        assertThat(reply.text()).contains("the API server").doesNotContain("a line of a log");
    }

    @Test
    void our_own_defect_means_503_too_and_tells_nothing_of_itself() {
        var reply = answer(failingReads(() -> new IllegalStateException("secret detail")));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).doesNotContain("secret detail");
    }

    @Test
    void a_namespace_that_grants_nothing_is_left_alone() {
        assertThat(answer(refusedRecords(Kind.FORBIDDEN)).status()).isEqualTo(204);
    }

    @Test
    void a_missing_crd_is_named_with_the_command_that_installs_it() {
        var reply = answer(refusedRecords(Kind.NOT_FOUND));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).contains("kubectl apply -f knative/base/100-incident-crd.yaml");
    }

    @Test
    void shutting_down_means_503() {
        var endpoint = endpoint(loaded.ports(), Work.beforeTheAnswer());
        endpoint.close();

        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(503);
    }

    @Test
    void too_much_work_means_503_and_the_incident_is_free_to_be_taken() {
        var full = new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                throw new RejectedExecutionException("full");
            }

            @Override
            public void close() {}
        };
        assertThat(endpoint(loaded.ports(), full).answer(loaded.event()).status())
                .isEqualTo(503);

        assertThat(answer(loaded.ports()).status()).isEqualTo(202);
        assertThat(ScenarioRun.end(loaded.inspector(), OOM.namespace())).contains("phase: \"Verifying\"");
    }

    @Test
    void behind_an_answer_too_much_work_is_done_as_soon_as_there_is_room_and_the_event_is_not_lost() {
        var room = new AtomicBoolean();
        var work = new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                if (!room.get()) {
                    throw new RejectedExecutionException("full");
                }
                var _ = healing.get();
                return meanwhile;
            }

            @Override
            public boolean hasRoom(String namespace, Order order) {
                return room.get();
            }

            @Override
            public boolean isBehindTheAnswer() {
                return true;
            }

            @Override
            public void close() {}
        };
        var later = new ArrayDeque<Runnable>();
        var pipeline = new Pipeline(loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
        var resumption = new Resumption(pipeline, MovingClock.ticks(clock), (delay, what) -> {
            if (delay.compareTo(Duration.ofSeconds(2)) <= 0) {
                later.add(what);
            }
        });
        var endpoint = new EventEndpoint(pipeline, resumption, 1 << 20, new TellBack.Nothing());

        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
        assertThat(ScenarioRun.end(loaded.inspector(), OOM.namespace())).contains("phase: \"Opened\"");

        room.set(true);
        for (int round = 0; round < 3 && !later.isEmpty(); round++) {
            later.remove().run();
        }
        assertThat(ScenarioRun.end(loaded.inspector(), OOM.namespace())).contains("phase: \"Verifying\"");
    }

    @Test
    void the_same_event_again_changes_nothing_more() {
        answer(loaded.ports());
        var before = ScenarioRun.end(loaded.inspector(), OOM.namespace());

        for (int i = 0; i < 20; i++) {
            assertThat(answer(loaded.ports()).status()).isEqualTo(202);
        }

        assertThat(ScenarioRun.end(loaded.inspector(), OOM.namespace())).isEqualTo(before);
    }

    /** Every write of ours comes back as such an event, where the source forwards incidents. */
    @ParameterizedTest
    @CsvSource({"update,{}", "update,'{\"approved\":false}'", "delete,'{\"approved\":true}'"})
    void an_event_of_an_incident_that_nobody_approved_costs_no_call(String what, String spec) {
        var reply = endpoint(failingReads(() -> new IllegalStateException("a call")), Work.beforeTheAnswer())
                .answer(incident(what, spec));

        assertThat(reply.status()).isEqualTo(204);
    }

    @Test
    void an_approval_that_was_looked_at_before_is_not_looked_at_again() {
        answer(loaded.ports());
        var before = ScenarioRun.end(loaded.inspector(), OOM.namespace());

        for (int i = 0; i < 3; i++) {
            assertThat(endpoint(loaded.ports(), Work.beforeTheAnswer())
                            .answer(incident("update", "{\"approved\":true}"))
                            .status())
                    .isEqualTo(204);
        }

        assertThat(ScenarioRun.end(loaded.inspector(), OOM.namespace())).isEqualTo(before);
    }

    @Test
    void a_healthy_pod_is_answered_at_the_door_without_a_call() {
        var healthy = EventPod.update(new PodBuilder()
                .withNewMetadata()
                .withNamespace(OOM.namespace())
                .withName("well")
                .withUid("1")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build());

        var reply = endpoint(failingReads(() -> new IllegalStateException("a call")), new LaterWork())
                .atTheDoor(healthy);

        assertThat(reply).hasValueSatisfying(one -> assertThat(one.status()).isEqualTo(204));
    }

    @Test
    void a_failure_is_looked_at_once_and_its_repeats_are_answered_at_the_door() {
        var reads = new AtomicInteger();
        var endpoint = endpoint(counted(reads), new LaterWork());
        assertThat(endpoint.atTheDoor(loaded.event()))
                .as("nothing is known yet")
                .isEmpty();
        assertThat(endpoint.answer(loaded.event()).status()).isEqualTo(202);
        var before = reads.get();

        for (int i = 0; i < 100; i++) {
            assertThat(endpoint.atTheDoor(loaded.event()))
                    .hasValueSatisfying(one -> assertThat(one.status()).isEqualTo(202));
        }

        assertThat(before).isPositive();
        assertThat(reads).hasValue(before);
    }

    @Test
    void where_the_answer_tells_the_incident_nothing_ends_at_the_door() {
        assertThat(endpoint(loaded.ports(), Work.beforeTheAnswer()).atTheDoor(loaded.event()))
                .isEmpty();
    }

    /** Behind the answer, and never done: what is asked is what was asked until then. */
    private static final class LaterWork implements Work {
        @Override
        public <T> T run(Supplier<T> healing, T meanwhile) {
            return meanwhile;
        }

        @Override
        public boolean isBehindTheAnswer() {
            return true;
        }

        @Override
        public void close() {}
    }

    private Ports counted(AtomicInteger reads) {
        return AtReads.before(loaded.ports(), _ -> reads.incrementAndGet());
    }

    private static Request incident(String what, String spec) {
        return new Request(
                Map.of(
                        "ce-specversion", "1.0",
                        "ce-id", "1",
                        "ce-source", "test",
                        "ce-type", "dev.knative.apiserver.resource." + what,
                        "ce-kind", "Incident",
                        "ce-apiversion", "kubesent.dev/v1alpha1",
                        "content-type", "application/json"),
                "{\"metadata\":{\"namespace\":\"%s\",\"name\":\"any\"},\"spec\":%s}"
                        .formatted(OOM.namespace(), spec)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Reply answer(Ports ports) {
        return endpoint(ports, Work.beforeTheAnswer()).answer(loaded.event());
    }

    private EventEndpoint endpoint(Ports ports, Work work) {
        var pipeline = new Pipeline(ports, ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
        return new EventEndpoint(
                pipeline,
                new Resumption(pipeline, MovingClock.ticks(clock), ScenarioRun::atOnceOrNever),
                1 << 20,
                new TellBack.Nothing());
    }

    private Ports failingReads(Supplier<RuntimeException> failure) {
        return AtReads.before(loaded.ports(), _ -> {
            throw failure.get();
        });
    }

    private Ports refusedRecords(Kind kind) {
        var ports = loaded.ports();
        var records = (RecordWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RecordWriter.class}, (_, method, arguments) -> {
                    if (method.getName().equals("create")) {
                        throw new ClusterException(kind, "no");
                    }
                    try {
                        return method.invoke(ports.records(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Ports(ports.reader(), ports.dryRun(), records, ports.writer(), ports.pause());
    }
}
