package dev.kubesent.remedy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.remedy.engine.Pause;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod takes its time to shut down, and until then nothing of its name can be created: the time of a fake kubelet passes while it is waited for. */
class ShuttingDownTest {

    private final Scenario scenario = Scenario.named("oom-bare-pod-down");
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);
    private final InMemoryCluster cluster = (InMemoryCluster) loaded.inspector();
    private final CountingReader counting = new CountingReader();
    private final List<Instant> created = new ArrayList<>();
    private Duration takes = Duration.ZERO;
    private Instant gone = Instant.MAX;
    private int faults;

    @ParameterizedTest
    @ValueSource(longs = {10, 1_830, 2_350, 9_990})
    void the_new_pod_is_there_a_moment_after_the_old_one_is_gone(long millis) {
        takes = Duration.ofMillis(millis);

        send();

        assertThat(created)
                .singleElement()
                .satisfies(
                        at -> assertThat(Duration.between(gone, at)).isBetween(Duration.ZERO, Duration.ofMillis(200)));
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    /** An API server in trouble is not asked five times a second. */
    @Test
    void a_create_that_fails_is_tried_again_a_second_later() {
        takes = Duration.ofMillis(100);
        faults = 3;

        send();

        assertThat(created).hasSize(4);
        for (int i = 1; i < created.size(); i++) {
            assertThat(Duration.between(created.get(i - 1), created.get(i))).isEqualTo(Duration.ofSeconds(1));
        }
    }

    /** Forty-five seconds: the pod's grace period of thirty, and what the kubelet needs beyond it. */
    @Test
    void one_that_does_not_go_is_left_for_later_after_a_bounded_number_of_looks() {
        takes = Duration.ofHours(1);
        var begun = clock.instant();

        send();

        assertThat(created).isEmpty();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Acting);
        assertThat(Duration.between(begun, clock.instant())).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(47));
        assertThat(counting.reads().stream().filter(read -> read.type().equals("Pod")))
                .hasSizeLessThan(100);
    }

    private void send() {
        var ports = counting.around(loaded.ports());
        var slow = new Ports(ports.reader(), ports.dryRun(), ports.records(), writer(ports.writer()), pause());
        assertThat(ScenarioRun.endpoint(slow, clock, "test")
                        .answer(loaded.event())
                        .status())
                .isEqualTo(202);
    }

    private Pause pause() {
        return duration -> {
            clock.forward(duration);
            if (gone.isBefore(clock.instant())) {
                pods().stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                        .forEach(pod -> cluster.unload(ObjectRef.of(pod)));
            }
        };
    }

    private ClusterWriter writer(ClusterWriter real) {
        return (ClusterWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterWriter.class}, (_, method, arguments) -> {
                    if (method.getName().equals("delete")) {
                        gone = clock.instant().plus(takes);
                        pods().forEach(pod -> cluster.load(new PodBuilder(pod)
                                .editMetadata()
                                .withDeletionTimestamp(clock.instant().toString())
                                .endMetadata()
                                .build()));
                        return null;
                    }
                    if (method.getName().equals("create")) {
                        created.add(clock.instant());
                        if (faults-- > 0) {
                            throw new ClusterException(ClusterException.Kind.BROKEN, "injected");
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private List<Pod> pods() {
        return cluster.list(Pod.class, scenario.namespace());
    }

    private Incident incident() {
        return cluster.list(Incident.class, scenario.namespace()).getFirst();
    }
}
