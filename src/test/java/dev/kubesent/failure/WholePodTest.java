package dev.kubesent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.failure.Failure.Ended;
import dev.kubesent.failure.Failure.How;
import dev.kubesent.failure.Failure.Initializing;
import dev.kubesent.failure.Failure.NotReady;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a pod as a whole, and is no failure to whoever counts pods that fail. */
class WholePodTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Evicted                  | The node was low on resource: memory.                        | EVICTED        | Evicted
        Evicted                  | Pod was rejected: The node had condition: [DiskPressure].    | REFUSED        | Rejected
        UnexpectedAdmissionError | Allocate failed due to no healthy devices                    | REFUSED        | Rejected
        OutOfnvidia.com/gpu      | Node didn't have enough resource: nvidia.com/gpu             | REFUSED        | Rejected
        SomethingNew             | Pod was rejected: for a reason of a later Kubernetes         | REFUSED        | Rejected
        Terminated               | Pod was terminated in response to imminent node shutdown.    | NODE_SHUT_DOWN | Terminated
        NodeShutdown             | Pod was rejected as the node is shutting down.               | NODE_SHUT_DOWN | Terminated
        Preempting               | Preempted in order to admit critical pod                     | PREEMPTED      | Terminated
        """)
    void a_pod_that_the_kubelet_ended_is_told(String reason, String message, How how, FailureKind kind) {
        var pod = failed("reason: %s, message: '%s'".formatted(reason, message.replace("'", "''")));

        assertThat(Failures.of(pod, NOW)).isEmpty();
        assertThat(Failures.all(pod, NOW)).singleElement().isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.how()).isEqualTo(how);
            assertThat(ended.kind()).isEqualTo(kind);
            assertThat(ended.subject().container()).isEqualTo("app");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reason: DeadlineExceeded, message: Pod was active on the node longer than the specified deadline",
                "reason: Terminated, message: by somebody's own controller",
                "reason: StartError, message: x",
                "message: 'Pod was rejected: but of no reason'"
            })
    void what_its_user_or_another_has_ended_is_not(String how) {
        assertThat(Failures.all(failed(how), NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        startTime: '2026-11-23T11:40:00Z'                                                                            | true
        startTime: '2026-11-23T11:20:00Z'                                                                            | false
        conditions: [{type: DisruptionTarget, status: 'True', lastTransitionTime: '2026-11-23T11:40:00Z'}]            | true
        startTime: '2026-11-20T11:00:00Z', conditions: [{type: Ready, status: 'False', reason: PodFailed, lastTransitionTime: '2026-11-23T11:40:00Z'}] | true
        conditions: [{type: DisruptionTarget, status: 'True', lastTransitionTime: '2026-11-23T11:20:00Z'}]            | false
        """)
    void an_eviction_is_news_for_half_an_hour(String status, boolean isNews) {
        var pod = pod("", "phase: Failed, reason: Evicted, message: x, " + status);

        assertThat(Failures.news(pod, NOW)).hasSize(isNews ? 1 : 0);
        assertThat(Failures.all(pod, NOW)).hasSize(1);
    }

    @Test
    void who_is_being_deleted_tells_nothing() {
        var pod = failed("reason: Evicted, message: x");
        pod.getMetadata().setDeletionTimestamp("2026-11-23T11:59:00Z");

        assertThat(Failures.all(pod, NOW)).isEmpty();
    }

    /** Columns: since when it runs, restarts, started, when the pod became unready, its probe; whether it is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        11:40 | 0 | true  | 11:39 | {}                                                                | true
        11:49 | 0 | true  | 11:39 | {}                                                                | true
        11:51 | 0 | true  | 11:39 | {}                                                                | false
        11:40 | 1 | true  | 11:39 | {}                                                                | false
        11:40 | 0 | false | 11:39 | {}                                                                | false
        11:40 | 0 | true  | 11:45 | {}                                                                | false
        11:40 | 0 | true  | 11:39 | {initialDelaySeconds: 1500}                                       | false
        11:40 | 0 | true  | 11:39 | {periodSeconds: 60, failureThreshold: 30}                         | false
        11:20 | 0 | true  | 11:19 | {periodSeconds: 60, failureThreshold: 30}                         | true
        """)
    void a_container_that_never_was_ready_is_told_after_its_time(
            String since, int restarts, boolean started, String unready, String probe, boolean isTold) {
        var pod = running(
                "readinessProbe: " + probe,
                "restartCount: %d, ready: false, started: %s, state: {running: {startedAt: '2026-11-23T%s:00Z'}}"
                        .formatted(restarts, started, since),
                unready);

        assertThat(Failures.of(pod, NOW)).isEmpty();
        assertThat(Failures.all(pod, NOW)).hasSize(isTold ? 1 : 0).allMatch(NotReady.class::isInstance);
    }

    @Test
    void its_startup_probe_has_its_time_first() {
        var slow = "startupProbe: {periodSeconds: 10, failureThreshold: 200}, readinessProbe: {}";
        var state = "restartCount: 0, ready: false, state: {running: {startedAt: '2026-11-23T11:40:00Z'}}";

        assertThat(Failures.all(running(slow, state, "11:39"), NOW)).isEmpty();
    }

    @Test
    void nor_is_a_pod_that_runs_once_and_is_not_ready() {
        var pod = running(
                "", "restartCount: 0, ready: false, state: {running: {startedAt: '2026-11-23T11:00:00Z'}}", "10:59");
        pod.getSpec().setRestartPolicy("Never");

        assertThat(Failures.all(pod, NOW)).isEmpty();
    }

    @Test
    void a_crash_comes_before_not_being_ready() {
        var pod = running(
                "",
                "restartCount: 5, ready: false, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated:"
                        + " {exitCode: 1}}",
                "10:59");

        assertThat(Failures.all(pod, NOW))
                .isEqualTo(Failures.of(pod, NOW))
                .singleElement()
                .isInstanceOf(Failure.CrashLoop.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Pending | 11:30 | Never  | true
        Pending | 11:45 | Never  | false
        Running | 11:30 | Never  | false
        Pending | 11:30 | Always | false
        """)
    void an_init_container_that_runs_on_is_told(String phase, String since, String restarts, boolean isTold) {
        var init = "initContainers: [{name: wait, image: x, %s}],"
                .formatted(restarts.equals("Always") ? "restartPolicy: Always" : "");
        var pod = pod(init, """
            phase: %s, conditions: [{type: Initialized, status: 'False'}],
            initContainerStatuses: [{name: wait, restartCount: 0, state: {running: {startedAt: '2026-11-23T%s:00Z'}}}],
            containerStatuses: [{name: app, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]\
            """.formatted(phase, since));

        assertThat(Failures.of(pod, NOW)).isEmpty();
        assertThat(Failures.all(pod, NOW)).hasSize(isTold ? 1 : 0).allMatch(Initializing.class::isInstance);
    }

    private static Pod failed(String how) {
        return pod("", "phase: Failed, startTime: '2026-11-23T11:30:00Z', " + how);
    }

    private static Pod running(String spec, String container, String unready) {
        var pod = pod("", """
            phase: Running, conditions: [{type: Ready, status: 'False', reason: ContainersNotReady, lastTransitionTime: '2026-11-23T%s:00Z'}],
            containerStatuses: [{name: app, %s}]\
            """.formatted(unready, container));
        var given = KubernetesJson.parse(
                "---\n{name: app, image: x, " + spec + "}", io.fabric8.kubernetes.api.model.Container.class);
        pod.getSpec().getContainers().set(0, given);
        return pod;
    }

    private static Pod pod(String spec, String status) {
        return KubernetesJson.parse("""
            metadata: {name: app-1, namespace: shop, uid: u, creationTimestamp: '2026-11-20T10:00:00Z'}
            spec: {%s containers: [{name: app, image: x}]}
            status: {%s}
            """.formatted(spec, status), Pod.class);
    }
}
