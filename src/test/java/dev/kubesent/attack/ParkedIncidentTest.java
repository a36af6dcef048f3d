package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.IntentRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.event.Reply;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Finding 2b of shared/reviews/security.md: an incident that killed its process killed the next one as well, without end. */
class ParkedIncidentTest {

    private static final Scenario OOM = Scenario.named("oom-deployment");

    /** Longer than a lease. */
    private static final Duration LATER = Duration.ofMinutes(3);

    private final MovingClock clock = new MovingClock(OOM.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(OOM, clock);
    private final List<Finished> told = new ArrayList<>();

    @Test
    void one_that_was_taken_over_three_times_and_never_came_to_an_end_is_put_aside_and_said() {
        killed(() -> send(dying()));
        takeOver(3);
        assertThat(status().phase()).isEqualTo(Phase.Opened);
        assertThat(told).isEmpty();
        isParked("False", "AtWork", OOM.time());

        takeOver(1);

        assertThat(status().phase()).isEqualTo(Phase.Failed);
        assertThat(status().lease()).isNull();
        assertThat(status().outcome().detail()).contains("parked", "4 times", "spec.approved", "delete the incident");
        assertThat(status().story().getLast()).contains("parked");
        isParked("True", "TakenOverTooOften", clock.instant());
        assertThat(status().conditions().getFirst().message())
                .isEqualTo(status().outcome().detail());
        assertThat(told).singleElement().satisfies(finished -> {
            assertThat(finished.sentence()).contains("parked");
            assertThat(finished.pod().kind()).isEqualTo("Pod");
            assertThat(finished.workload().kind()).isEqualTo("Incident");
        });
    }

    @Test
    void it_is_not_worked_on_again_by_a_round_nor_by_an_event_however_late() {
        killed(() -> send(dying()));
        takeOver(4);

        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofHours(1));
            send(pipeline(ParkedIncidentTest::mustNotBegin));
            assertThat(pipeline(ParkedIncidentTest::mustNotBegin).resume("")).isZero();
        }

        assertThat(status().phase()).isEqualTo(Phase.Failed);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_person_who_approves_it_has_it_tried_again() {
        killed(() -> send(dying()));
        takeOver(4);

        clock.forward(LATER);
        loaded.stage().approve();
        var _ = pipeline(ParkedIncidentTest::works).resume("");

        assertThat(status().phase()).isEqualTo(Phase.Verifying);
        isParked("False", "AtWork", clock.instant());
        assertThat(status().takeovers()).isZero();
    }

    @Test
    void one_that_came_to_an_end_in_between_begins_to_count_anew() {
        killed(() -> send(dying()));
        takeOver(2);
        clock.forward(LATER);

        var _ = pipeline(ParkedIncidentTest::works).resume("");

        assertThat(status().phase()).isEqualTo(Phase.Verifying);
        assertThat(status().takeovers()).isZero();
    }

    /** Work that waits is nobody's takeover, however often the process ends meanwhile: it was never begun. */
    @Test
    void one_that_only_ever_waited_for_a_place_is_not_put_aside() {
        send(pipeline(ParkedIncidentTest::neverBegins));
        for (int i = 0; i < 8; i++) {
            clock.forward(LATER);
            assertThat(pipeline(ParkedIncidentTest::neverBegins).resume("")).isOne();
        }
        assertThat(status().takeovers()).isZero();
        assertThat(told).isEmpty();

        var _ = pipeline(ParkedIncidentTest::works).resume("");

        assertThat(status().phase()).isEqualTo(Phase.Verifying);
        assertThat(status().seen().pod()).isEqualTo("web-oom-66b8b974b8-22csp");
    }

    /** A bare pod that was deleted has to be created again, however often whoever does it dies. */
    @Test
    void an_act_that_has_begun_is_never_put_aside() {
        killed(() -> send(dying()));
        change(status -> status.intending(
                new VerdictRecord("approved", List.of(), "", "", "", clock.instant(), null, null),
                new IntentRecord("ReplacePod", "Pod/any", "{}", "deleting", clock.instant()),
                Duration.ofMinutes(1),
                List.of()));

        takeOver(8);

        assertThat(status().phase()).isEqualTo(Phase.Acting);
        assertThat(status().hasBegun()).isTrue();
        assertThat(told).isEmpty();
    }

    /** As {@code kubectl wait --for=condition=Parked} sees it. */
    private void isParked(String value, String reason, Instant since) {
        assertThat(status().conditions())
                .filteredOn("type", "Parked")
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.status()).isEqualTo(value);
                    assertThat(condition.reason()).isEqualTo(reason);
                    assertThat(condition.lastTransitionTime()).isEqualTo(since.truncatedTo(ChronoUnit.SECONDS));
                });
    }

    /** Each takes it, and dies. */
    private void takeOver(int times) {
        for (int i = 0; i < times; i++) {
            clock.forward(LATER);
            killed(() -> {
                var _ = dying().resume("");
            });
        }
    }

    private static void killed(Runnable process) {
        try {
            process.run();
        } catch (KillSwitch.Killed e) {
            // it can do nothing more, and tell nobody
        }
    }

    private void send(Pipeline pipeline) {
        Reply reply = ScenarioRun.endpoint(pipeline, clock).answer(loaded.event());
        assertThat(reply.status()).isIn(202, 204);
    }

    private Pipeline pipeline(UnaryOperator<Supplier<?>> work) {
        return pipeline(loaded.ports(), work);
    }

    private Pipeline pipeline(Ports ports, UnaryOperator<Supplier<?>> work) {
        Reporter reporter = told::add;
        return new Pipeline(ports, ScenarioRun.defaultPolicies(), reporter, of(work), clock, "test");
    }

    private static Supplier<?> works(Supplier<?> healing) {
        return healing;
    }

    /** It takes the incident, and dies over it. */
    private Pipeline dying() {
        var dead = new AtomicBoolean();
        var ports = loaded.ports();
        var mortal = new Ports(
                mortal(ClusterReader.class, ports.reader(), dead),
                ports.dryRun(),
                mortal(RecordWriter.class, ports.records(), dead),
                mortal(ClusterWriter.class, ports.writer(), dead),
                ports.pause(),
                ports.doctor(),
                ports.archive(),
                ports.registry());
        return pipeline(mortal, healing -> () -> {
            try {
                return healing.get();
            } catch (KillSwitch.Killed e) {
                return null;
            }
        });
    }

    /** Dead once it holds a lease: from then on no call gets through. */
    private static <T> T mortal(Class<T> port, T real, AtomicBoolean dead) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    if (dead.get()) {
                        throw new KillSwitch.Killed();
                    }
                    var answer = method.invoke(real, arguments);
                    if (answer instanceof Incident incident
                            && incident.progress().lease() != null) {
                        dead.set(method.getName().equals("replaceStatus"));
                    }
                    return answer;
                }));
    }

    /** Its work waits for a place when the process is killed. */
    private static Supplier<?> neverBegins(Supplier<?> healing) {
        return () -> null;
    }

    private static Supplier<?> mustNotBegin(Supplier<?> healing) {
        throw new AssertionError("work was begun on what is put aside");
    }

    /** What becomes of the work is the process's business; it is answered before. */
    private static Work of(UnaryOperator<Supplier<?>> becomes) {
        return new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                var _ = becomes.apply(healing).get();
                return meanwhile;
            }

            @Override
            public void close() {}
        };
    }

    private IncidentStatus status() {
        return incident().progress();
    }

    private Incident incident() {
        return loaded.inspector().list(Incident.class, OOM.namespace()).getFirst();
    }

    private void change(UnaryOperator<IncidentStatus> step) {
        var tree = (ObjectNode) KubernetesJson.tree(incident());
        tree.set("status", KubernetesJson.tree(step.apply(status())));
        var _ = loaded.ports().records().replaceStatus(KubernetesJson.as(tree, Incident.class));
    }
}
