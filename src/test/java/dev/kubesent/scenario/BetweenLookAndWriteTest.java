package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.event.Request;
import dev.kubesent.incident.Incidents;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.reads.AtReads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What others write between a look at an incident, or a verdict, and the write that rests on it. */
class BetweenLookAndWriteTest {

    @Test
    void a_last_word_does_not_overwrite_whoever_held_the_incident_and_came_back() {
        var run = new Run("oom-deployment");
        run.tell(run.loaded.event());
        assertThat(run.incident().progress().phase()).isEqualTo(Phase.Verifying);
        var past = run.clock.instant().minus(Duration.ofMinutes(5)).toString();
        run.write(incident -> held(incident, past));
        run.cluster.list(Deployment.class, run.namespace()).forEach(gone -> run.cluster.unload(ObjectRef.of(gone)));
        var later = run.clock.instant().plus(Duration.ofMinutes(2)).toString();

        run.before(_ -> true, incident -> {
            held(incident, later).withObject("/status").put("phase", "Undoing");
            return incident;
        });
        var _ = ScenarioRun.endpoint(run.ports(), run.clock, "other").answer(new Request(Map.of(), new byte[0]));

        assertThat(run.met).isTrue();
        assertThat(run.incident().progress().phase()).isEqualTo(Phase.Undoing);
        assertThat(run.incident().progress().lease().holder()).isEqualTo("a/1");
    }

    @Test
    void a_yes_that_is_taken_back_after_the_verdict_lets_nothing_be_done() {
        var run = new Run("approved-suggestion");
        run.tell(run.loaded.event());
        run.clock.forward(Duration.ofMinutes(1));
        run.loaded.stage().approve();
        run.before(
                incident -> incident.progress().phase() == Phase.Acting,
                incident -> touched((ObjectNode) incident.withObject("/spec").put("approved", false), incident));

        run.tell(EventPod.update(run.incident()));

        assertThat(run.met).isTrue();
        assertThat(run.incident().progress().acts()).isEmpty();
        assertThat(run.incident().progress().phase()).isEqualTo(Phase.Proposed);
        assertThat(run.incident().progress().story()).anyMatch(line -> line.contains("the approval was taken back"));
    }

    @Test
    void a_yes_that_was_used_is_none_for_the_next_change_whatever_else_of_the_spec_is_touched() {
        var run = new Run("approved-suggestion");
        run.tell(run.loaded.event());
        run.clock.forward(Duration.ofMinutes(1));
        run.loaded.stage().approve();
        run.tell(EventPod.update(run.incident()));
        assertThat(run.incident().progress().approval().used()).isTrue();

        run.write(incident -> touched(incident.withObject("/spec"), incident));

        assertThat(Incidents.isApprovedAnew(run.incident())).isFalse();
    }

    @Test
    void what_is_muted_while_its_incident_waits_is_not_told_where_nothing_can_be_done_either() {
        var run = new Run("crash-of-a-first-release");
        run.before(BetweenLookAndWriteTest::refuseVerdicts, incident -> incident);
        run.tell(run.loaded.event());
        run.before(_ -> false, incident -> incident);
        assertThat(run.incident().progress().phase().unfinished()).isTrue();
        run.loaded.stage().put("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %s, annotations: {kubesent.dev/muted-until: '%s'}}
            """.formatted(
                        run.namespace(), run.clock.instant().plus(Duration.ofHours(1))));

        var told = new AtomicInteger();
        var pipeline = new Pipeline(
                run.ports(),
                ScenarioRun.defaultPolicies(),
                _ -> told.incrementAndGet(),
                Work.beforeTheAnswer(),
                run.clock,
                "later");
        pipeline.resume("");

        assertThat(run.incident().progress().phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(told).hasValue(0);
    }

    /** A loaded API server takes its time for the write that takes the lease. Meanwhile the pod that did not come up comes up. */
    @Test
    void what_came_to_live_before_its_lease_was_taken_is_not_taken_back() {
        var run = new Run("verify-a-deployment-survives");
        run.tell(run.loaded.event());
        run.clock.forward(Duration.ofHours(2));
        var comesUp = run.scenario.steps().getFirst();
        run.before(
                written -> {
                    if (written.progress().lease() != null && run.met.compareAndSet(false, true)) {
                        comesUp.objects().forEach(run.loaded.stage()::put);
                        comesUp.remove().forEach(run.loaded.stage()::remove);
                        run.clock.forward(Duration.ofSeconds(10));
                    }
                    return false;
                },
                incident -> incident);

        ScenarioRun.pipeline(run.ports(), run.clock, "later").resume("");

        assertThat(run.met).as("the lease was taken").isTrue();
        assertThat(run.incident().progress().story()).noneMatch(line -> line.contains("taking it back"));
        assertThat(run.incident().progress().phase()).isEqualTo(Phase.Healed);
    }

    /** The same where it is the look that takes its time: the list of pods is of before, and comes late. */
    @Test
    void what_came_to_live_while_it_was_looked_at_is_not_taken_back() {
        var run = new Run("verify-a-deployment-survives");
        run.tell(run.loaded.event());
        run.clock.forward(Duration.ofHours(2));
        var comesUp = run.scenario.steps().getFirst();
        var ports = AtReads.after(run.ports(), read -> {
            if (read.arguments().contains(Pod.class) && run.met.compareAndSet(false, true)) {
                comesUp.objects().forEach(run.loaded.stage()::put);
                comesUp.remove().forEach(run.loaded.stage()::remove);
                run.clock.forward(Duration.ofSeconds(10));
            }
        });

        ScenarioRun.pipeline(ports, run.clock, "later").resume("");

        assertThat(run.met).as("the pods were read").isTrue();
        assertThat(run.incident().progress().story()).noneMatch(line -> line.contains("taking it back"));
        assertThat(run.incident().progress().phase()).isEqualTo(Phase.Healed);
    }

    private static boolean refuseVerdicts(Incident written) {
        if (written.progress().verdict() != null) {
            throw new ClusterException(Kind.BROKEN, "injected");
        }
        return false;
    }

    private static ObjectNode held(ObjectNode incident, String until) {
        incident.withObject("/status/lease").put("holder", "a/1").put("until", until);
        return incident;
    }

    /** @param spec written to */
    private static ObjectNode touched(ObjectNode spec, ObjectNode incident) {
        assertThat(spec.isObject()).isTrue();
        var generation = incident.at("/metadata/generation").asLong(1);
        incident.withObject("/metadata").put("generation", generation + 1);
        return incident;
    }

    private static final class Run {

        private final Scenario scenario;
        private final MovingClock clock;
        private final TestCluster.Loaded loaded;
        private final InMemoryCluster cluster;
        private final AtomicBoolean met = new AtomicBoolean();
        private Predicate<Incident> which = _ -> false;
        private UnaryOperator<ObjectNode> others = incident -> incident;

        private Run(String name) {
            scenario = Scenario.named(name);
            clock = new MovingClock(scenario.time());
            loaded = new InMemoryTestCluster().load(scenario, clock);
            cluster = (InMemoryCluster) loaded.inspector();
        }

        private String namespace() {
            return scenario.namespace();
        }

        private Incident incident() {
            return cluster.list(Incident.class, namespace()).getFirst();
        }

        private void tell(Request event) {
            var _ = ScenarioRun.endpoint(ports(), clock, "one").answer(event);
        }

        /** Has somebody else write, once, before such a status of ours is written. */
        private void before(Predicate<Incident> written, UnaryOperator<ObjectNode> theirs) {
            which = written;
            others = theirs;
        }

        private void write(UnaryOperator<ObjectNode> change) {
            cluster.load(KubernetesJson.as(change.apply((ObjectNode) KubernetesJson.tree(incident())), Incident.class));
        }

        private Ports ports() {
            var real = loaded.ports();
            var records = (RecordWriter) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {RecordWriter.class}, (_, method, arguments) -> {
                        if (method.getName().equals("replaceStatus")
                                && arguments[0] instanceof Incident incident
                                && which.test(incident)
                                && met.compareAndSet(false, true)) {
                            write(others);
                        }
                        try {
                            return method.invoke(real.records(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return new Ports(real.reader(), real.dryRun(), records, real.writer(), real.pause());
        }
    }
}
