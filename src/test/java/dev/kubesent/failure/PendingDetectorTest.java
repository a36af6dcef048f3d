package dev.kubesent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.failure.Failure.Obstacle;
import dev.kubesent.failure.Failure.Pending;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a pod that has not begun is a failing one. */
class PendingDetectorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Pending | {type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime: '2026-11-23T11:54:00Z'}  | NO_NODE
                    Pending | {type: PodScheduled, status: 'False', reason: SchedulerError, lastTransitionTime: '2026-11-23T11:54:00Z'} | NO_NODE
                    Pending | {type: PodReadyToStartContainers, status: 'False', lastTransitionTime: '2026-11-23T11:54:00Z'}            | NOT_SET_UP
                    Pending | {type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime: '2026-11-23T11:56:00Z'}  |
                    Pending | {type: PodScheduled, status: 'False', reason: SchedulingGated, lastTransitionTime: '2026-11-23T11:00:00Z'} |
                    Pending | {type: PodReadyToStartContainers, status: 'True', lastTransitionTime: '2026-11-23T11:00:00Z'}             |
                    Running | {type: PodReadyToStartContainers, status: 'False', lastTransitionTime: '2026-11-23T11:00:00Z'}            |
                    Pending | {type: PodReadyToStartContainers, status: 'False'}                                                        |
                    """)
    void it_counts_when_it_lasts(String phase, String condition, Obstacle expected) {
        var failures = Failures.of(pod(phase, condition, "{waiting: {reason: ContainerCreating}}", ""), NOW);

        if (expected == null) {
            assertThat(failures).isEmpty();
        } else {
            assertThat(failures).singleElement().isInstanceOfSatisfying(Pending.class, pending -> {
                assertThat(pending.obstacle()).isEqualTo(expected);
                assertThat(pending.subject().container()).isEqualTo("app");
            });
        }
    }

    /** The kubelet shows a container that is created, and not yet running, as waiting for no reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {waiting: {}}
                    {running: {startedAt: '2026-11-23T11:59:00Z'}}
                    {terminated: {exitCode: 0, reason: Completed}}
                    """)
    void a_pod_one_of_whose_containers_has_begun_is_none(String state) {
        var condition =
                "{type: PodReadyToStartContainers, status: 'False', lastTransitionTime: '2026-11-23T11:00:00Z'}";

        assertThat(Failures.of(pod("Pending", condition, state, ""), NOW)).isEmpty();
    }

    /** The condition keeps its time when the gates are taken away; who takes them away updates the pod. */
    @Test
    void gates_that_were_just_taken_away_leave_the_scheduler_its_time() {
        var condition =
                "{type: PodScheduled, status: 'False', reason: Unschedulable, lastTransitionTime: '2026-11-23T11:00:00Z'}";
        var update = "managedFields: [{manager: kueue, operation: Update, time: '%s'}]";
        var ofTheStatus = "managedFields: [{manager: scheduler, operation: Update, subresource: status, time: '%s'}]";

        assertThat(Failures.of(pod(condition, update.formatted("2026-11-23T11:59:00Z")), NOW))
                .isEmpty();
        assertThat(Failures.of(pod(condition, update.formatted("2026-11-23T11:50:00Z")), NOW))
                .hasSize(1);
        assertThat(Failures.of(pod(condition, ofTheStatus.formatted("2026-11-23T11:59:00Z")), NOW))
                .hasSize(1);
    }

    @Test
    void whatever_its_container_shows_comes_first() {
        var condition =
                "{type: PodReadyToStartContainers, status: 'False', lastTransitionTime: '2026-11-23T11:00:00Z'}";

        assertThat(List.copyOf(Failures.of(
                        pod("Pending", condition, "{waiting: {reason: ImagePullBackOff, message: x}}", ""), NOW)))
                .singleElement()
                .isInstanceOf(Failure.ImagePull.class);
    }

    private static Pod pod(String condition, String metadata) {
        return pod("Pending", condition, "{waiting: {reason: ContainerCreating}}", metadata);
    }

    private static Pod pod(String phase, String condition, String state, String metadata) {
        return KubernetesJson.parse("""
                metadata:
                  name: web
                  namespace: shop
                  uid: u
                  %s
                spec: {containers: [{name: app, image: 'app:1'}]}
                status:
                  phase: %s
                  conditions: [%s]
                  containerStatuses: [{name: app, image: 'app:1', restartCount: 0, ready: false, state: %s}]
                """.formatted(metadata, phase, condition, state), Pod.class);
    }
}
