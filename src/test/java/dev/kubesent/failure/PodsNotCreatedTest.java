package dev.kubesent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a controller that may not create pods is a failure. */
class PodsNotCreatedTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {type: ReplicaFailure, status: 'True', reason: FailedCreate, message: m, lastTransitionTime: '2026-11-23T11:50:00Z'}  | true
        {type: ReplicaFailure, status: 'True', reason: FailedCreate, message: m, lastTransitionTime: '2026-11-23T11:57:00Z'}  | false
        {type: ReplicaFailure, status: 'False', reason: FailedCreate, message: m, lastTransitionTime: '2026-11-23T11:50:00Z'} | false
        {type: ReplicaFailure, status: 'True', reason: FailedDelete, message: m, lastTransitionTime: '2026-11-23T11:50:00Z'}  | false
        {type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, lastTransitionTime: '2026-11-23T11:50:00Z'}    | false
        """)
    void a_deployment_says_it_itself(String condition, boolean isTold) {
        var deployment = KubernetesJson.parse(
                "---\n{metadata: {name: web, namespace: shop}, spec: {}, status: {conditions: [" + condition + "]}}",
                Deployment.class);

        assertThat(PodsNotCreated.detect(deployment, NOW).isPresent()).isEqualTo(isTold);
    }

    /** Each event as reason, first and last time. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FailedCreate 11:30 11:55                                | 11:30
        FailedCreate 11:51 11:56, FailedCreate 11:57 11:58      | 11:51
        FailedCreate 11:57 11:58                                |
        FailedCreate 11:48 11:49                                |
        FailedCreate 10:30 11:30                                |
        FailedCreate 11:30 11:55, SuccessfulCreate 11:56 11:56  |
        FailedCreate 11:30 11:55, SuccessfulCreate 11:45 11:45  | 11:45
        FailedCreate 11:30 11:55, SuccessfulCreate 11:52 11:52  |
        SuccessfulCreate 11:30 11:55                            |
        """)
    void of_others_their_events_do(String told, @Nullable String since) {
        var events = Stream.of(told.split(", "))
                .map(event -> event.strip().split(" "))
                .map(event -> KubernetesJson.parse(
                        "---\n{reason: %s, message: m, firstTimestamp: '2026-11-23T%s:00Z', lastTimestamp: '2026-11-23T%s:00Z'}"
                                .formatted((Object[]) event),
                        Event.class))
                .toList();
        var set = new ObjectRef("apps/v1", "StatefulSet", "shop", "db", "u");

        assertThat(PodsNotCreated.detect(set, events, NOW).map(LostRun::at))
                .isEqualTo(Optional.ofNullable(since).map(time -> Instant.parse("2026-11-23T" + time + ":00Z")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {replicas: 2} | {replicas: 1} | true
        {replicas: 2} | {replicas: 2} | false
        {replicas: 0} | {replicas: 0} | false
        {}            | {replicas: 0} | true
        """)
    void a_stateful_set_lacks_pods(String spec, String status, boolean lacks) {
        assertThat(PodsNotCreated.lacksPods(parse(spec, status, StatefulSet.class)))
                .isEqualTo(lacks);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {currentNumberScheduled: 1, desiredNumberScheduled: 3} | true
        {currentNumberScheduled: 3, desiredNumberScheduled: 3} | false
        """)
    void a_daemon_set_lacks_pods(String status, boolean lacks) {
        assertThat(PodsNotCreated.lacksPods(parse("{}", status, DaemonSet.class)))
                .isEqualTo(lacks);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}              | {startTime: '2026-11-23T11:00:00Z'}                                                        | true
        {suspend: true} | {startTime: '2026-11-23T11:00:00Z'}                                                        | false
        {}              | {}                                                                                         | false
        {}              | {startTime: '2026-11-23T11:00:00Z', active: 1}                                             | false
        {}              | {startTime: '2026-11-23T11:00:00Z', failed: 1}                                             | false
        {}              | {startTime: '2026-11-23T11:00:00Z', conditions: [{type: Complete, status: 'True'}]}         | false
        """)
    void a_job_lacks_pods(String spec, String status, boolean lacks) {
        assertThat(PodsNotCreated.lacksPods(parse(spec, status, Job.class))).isEqualTo(lacks);
    }

    private static <T> T parse(String spec, String status, Class<T> type) {
        return KubernetesJson.parse(
                "---\n{metadata: {name: a, namespace: shop}, spec: %s, status: %s}".formatted(spec, status), type);
    }
}
