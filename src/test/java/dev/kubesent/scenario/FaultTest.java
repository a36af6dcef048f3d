package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cluster may answer, and what others may do, in the middle of an act. */
class FaultTest {

    private static final String NAMESPACE = "oom-bare-pod-down";

    private final List<String> writes = new ArrayList<>();
    private final Scenario scenario = Scenario.named(NAMESPACE);
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock(Duration.ZERO));
    private final InMemoryCluster cluster = (InMemoryCluster) loaded.inspector();

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "UNAUTHORIZED", "CONFLICT", "REJECTED", "BUSY", "BROKEN", "UNREACHABLE"})
    void a_pod_whose_creation_is_refused_is_never_given_up(Kind kind) {
        deliver(Duration.ZERO, method -> method.equals("create") ? Optional.of(kind) : Optional.empty());

        assertThat(pod()).isEmpty();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Acting);
        assertThat(incident().progress().intent().record()).contains("\"132Mi\"");

        deliver(Duration.ofMinutes(10), _ -> Optional.empty());

        assertThat(pod()).isPresent();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void a_fault_that_passes_is_waited_out(int faults) {
        deliver(Duration.ZERO, _ -> writes.size() <= faults ? Optional.of(Kind.BROKEN) : Optional.empty());

        assertThat(pod()).isPresent();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void a_pod_that_somebody_deletes_before_we_do_is_not_brought_back() {
        deliver(Duration.ZERO, beforeTheAct(() -> cluster.unload(ObjectRef.of(pod().orElseThrow()))));

        assertThat(pod()).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void a_pod_that_somebody_changes_before_we_delete_it_is_left_alone_and_judged_again() {
        deliver(
                Duration.ZERO,
                beforeTheAct(() -> cluster.load(new PodBuilder(pod().orElseThrow())
                        .editMetadata()
                        .addToLabels("edited", "yes")
                        .endMetadata()
                        .build())));

        assertThat(pod().orElseThrow().getMetadata().getLabels()).containsEntry("edited", "yes");
        assertThat(incident().progress().story()).anyMatch(line -> line.contains("somebody has changed the pod"));
    }

    @Test
    void a_pod_that_runs_again_is_not_deleted_but_resized() {
        deliver(Duration.ZERO, beforeTheAct(() -> {
            cluster.load(running(pod().orElseThrow()));
        }));

        assertThat(writes).containsExactly("patch");
        assertThat(incident().progress().story()).anyMatch(line -> line.contains("the container runs again"));
        assertThat(incident().progress().outcome().detail()).contains("was resized");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "UNAUTHORIZED", "REJECTED"})
    void a_delete_that_is_refused_ends_the_act_with_the_pod_as_it_was(Kind kind) {
        deliver(Duration.ZERO, method -> method.equals("delete") ? Optional.of(kind) : Optional.empty());

        assertThat(pod().orElseThrow()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .get("memory")
                        .toString())
                .isEqualTo("32Mi");
        assertThat(writes).containsExactly("delete");
        assertThat(incident().progress().phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void a_pod_that_changes_after_a_delete_without_an_answer_keeps_its_record_since_it_may_yet_go() {
        deliver(Duration.ZERO, method -> {
            if (!method.equals("delete")) {
                return Optional.empty();
            }
            cluster.load(running(pod().orElseThrow()));
            return Optional.of(Kind.UNREACHABLE);
        });

        assertThat(writes).containsExactly("delete");
        assertThat(incident().progress().phase()).isEqualTo(Phase.Acting);
        assertThat(incident().progress().intent().record()).isNotNull();
    }

    @Test
    void a_pod_that_recovers_while_the_delete_gets_no_answer_is_not_deleted_later() {
        deliver(Duration.ZERO, method -> method.equals("delete") ? Optional.of(Kind.UNREACHABLE) : Optional.empty());
        assertThat(incident().progress().phase()).isEqualTo(Phase.Acting);
        cluster.load(running(pod().orElseThrow()));
        writes.clear();

        deliver(Duration.ofMinutes(30), _ -> Optional.empty()); // the act is withdrawn
        deliver(Duration.ofMinutes(32), _ -> Optional.empty()); // and there is nothing left to judge

        assertThat(writes).isEmpty();
        assertThat(incident().progress().phase().unfinished()).isFalse();
    }

    @Test
    void what_was_interrupted_before_any_act_is_judged_without_another_event_of_that_pod() {
        var reader = loaded.ports().reader();
        var dying = new Ports(
                reader,
                (DryRun) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {DryRun.class}, (_, _, _) -> {
                            throw new ClusterException(Kind.BROKEN, "injected");
                        }),
                loaded.ports().records(),
                loaded.ports().writer(),
                loaded.ports().pause());
        assertThat(ScenarioRun.endpoint(dying, clock(Duration.ZERO), "one")
                        .answer(loaded.event())
                        .status())
                .isEqualTo(503);
        assertThat(incident().progress().phase())
                .isEqualTo(Phase.Opened); // a diagnosis is written with what comes of it

        var unrelated = new Request(Map.of(), new byte[0]);
        ScenarioRun.endpoint(loaded.ports(), clock(Duration.ofMinutes(2)), "two")
                .answer(unrelated);

        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void an_incident_of_an_older_version_that_was_created_and_never_taken_waits_for_the_next_event_of_its_pod() {
        deliver(Duration.ZERO, _ -> Optional.empty());
        var untaken = new Incident();
        untaken.setMetadata(incident().getMetadata());
        untaken.getMetadata().setName("untaken");
        untaken.getMetadata().setAnnotations(null);
        untaken.setSpec(incident().getSpec());
        cluster.load(untaken);

        deliver(Duration.ofMinutes(2), _ -> Optional.empty());

        var live = cluster.get(Incident.class, NAMESPACE, "untaken").orElseThrow();
        assertThat(live.progress().phase()).isEqualTo(Phase.Opened);
        assertThat(live.progress().story()).isEmpty();
    }

    @Test
    void one_incident_that_cannot_be_written_does_not_keep_the_others_from_being_finished() {
        deliver(Duration.ZERO, method -> method.equals("create") ? Optional.of(Kind.FORBIDDEN) : Optional.empty());
        var stuck = incident();
        stuck.getMetadata().setName("a-first");
        stuck.getMetadata().setNamespace("without-rights");
        cluster.load(stuck);
        var ports = loaded.ports();
        var records = (RecordWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RecordWriter.class}, (_, method, arguments) -> {
                    if (((HasMetadata) arguments[0])
                            .getMetadata()
                            .getNamespace()
                            .equals("without-rights")) {
                        throw new ClusterException(Kind.FORBIDDEN, "injected");
                    }
                    return invoke(method, ports.records(), arguments);
                });
        var limited = new Ports(ports.reader(), ports.dryRun(), records, ports.writer(), ports.pause());

        ScenarioRun.endpoint(limited, clock(Duration.ofMinutes(10)), "two").answer(new Request(Map.of(), new byte[0]));

        assertThat(pod()).isPresent();
    }

    @Test
    void events_that_cannot_be_read_may_hide_a_probes_kill_so_nothing_is_done() {
        var ports = loaded.ports();
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    if (method.getName().equals("eventsAbout")
                            && ((ObjectRef) arguments[0]).kind().equals("Pod")) {
                        throw new ClusterException(Kind.FORBIDDEN, "injected");
                    }
                    return invoke(method, ports.reader(), arguments);
                });
        var blind = new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
        var before = pod().orElseThrow();

        var _ = ScenarioRun.endpoint(blind, clock(Duration.ZERO), "blind").answer(loaded.event());

        assertThat(pod()).hasValue(before);
        assertThat(incident().progress().phase()).isEqualTo(Phase.Refused);
        assertThat(incident().progress().verdict().reasons())
                .anyMatch(reason -> reason.startsWith("CANNOT_TELL: EVENTS"))
                .anyMatch(reason -> reason.startsWith("CONFIDENCE_TOO_LOW: 85"));
    }

    @Test
    void an_intent_of_another_namespace_is_not_carried_out() {
        deliver(Duration.ZERO, method -> method.equals("create") ? Optional.of(Kind.FORBIDDEN) : Optional.empty());
        var forged = incident();
        var record = forged.progress().intent().record().replace(NAMESPACE, "kube-system");
        cluster.load(KubernetesJson.parse(
                KubernetesJson.json(forged)
                        .replace(escaped(forged.progress().intent().record()), escaped(record)),
                Incident.class));

        deliver(Duration.ofMinutes(10), _ -> Optional.empty());

        assertThat(cluster.list(Pod.class, "kube-system")).isEmpty();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Failed);
        assertThat(incident().progress().outcome().detail()).contains("not resumed");
    }

    @Test
    void a_record_that_cannot_be_read_ends_failed_and_is_kept() {
        deliver(Duration.ZERO, method -> method.equals("create") ? Optional.of(Kind.FORBIDDEN) : Optional.empty());
        var incident = incident();
        cluster.load(KubernetesJson.parse(
                KubernetesJson.json(incident)
                        .replace(escaped(incident.progress().intent().record()), "gibberish"),
                Incident.class));

        deliver(Duration.ofMinutes(10), _ -> Optional.empty());

        assertThat(incident().progress().phase()).isEqualTo(Phase.Failed);
        assertThat(incident().progress().intent().record()).isEqualTo("gibberish");
    }

    private void deliver(Duration later, Function<String, Optional<Kind>> faults) {
        var ports = loaded.ports();
        var writer = (ClusterWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterWriter.class}, (_, method, arguments) -> {
                    writes.add(method.getName());
                    var fault = faults.apply(method.getName());
                    if (fault.isPresent()) {
                        throw new ClusterException(fault.get(), "injected");
                    }
                    return invoke(method, ports.writer(), arguments);
                });
        var faulty = new Ports(ports.reader(), ports.dryRun(), ports.records(), writer, ports.pause());
        assertThat(ScenarioRun.endpoint(withTheDryRunAsHook(faulty, faults), clock(later), "process-" + later)
                        .answer(loaded.event())
                        .status())
                .isIn(202, 204);
    }

    /** Somebody acts after the gate has judged: the dry run is its last question. */
    private static Function<String, Optional<Kind>> beforeTheAct(Runnable somebody) {
        var once = new ArrayList<>(List.of(somebody));
        return method -> {
            if (method.equals("dryRun") && !once.isEmpty()) {
                once.removeFirst().run();
            }
            return Optional.empty();
        };
    }

    private static Ports withTheDryRunAsHook(Ports ports, Function<String, Optional<Kind>> hook) {
        var dryRun = ports.dryRun();
        var hooked = (DryRun) Proxy.newProxyInstance(
                FaultTest.class.getClassLoader(), new Class<?>[] {DryRun.class}, (_, method, arguments) -> {
                    var answer = invoke(method, dryRun, arguments);
                    if (method.getName().equals("create")) {
                        var _ = hook.apply("dryRun"); // the last question of all
                    }
                    return answer;
                });
        return new Ports(ports.reader(), hooked, ports.records(), ports.writer(), ports.pause());
    }

    private static Object invoke(Method method, Object on, Object... arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Pod running(Pod pod) {
        var running = new PodBuilder(pod).build();
        running.getStatus()
                .getContainerStatuses()
                .getFirst()
                .setState(KubernetesJson.parse(
                        "{\"running\":{\"startedAt\":\"2026-11-23T02:57:26Z\"}}", ContainerState.class));
        return running;
    }

    private Optional<Pod> pod() {
        return cluster.get(Pod.class, NAMESPACE, "oom");
    }

    private Incident incident() {
        return cluster.list(Incident.class, NAMESPACE).getFirst();
    }

    private Clock clock(Duration later) {
        return Clock.fixed(scenario.time().plus(later), ZoneOffset.UTC);
    }

    private static String escaped(String json) {
        return json.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
