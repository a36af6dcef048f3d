package dev.kubesent.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.gate.RefusalReason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of pods whose end is known before their controller has counted it, as on a real node: to the Job they are active ones. */
class SuspendableTest {

    private static final String UNCOUNTED = "[batch.kubernetes.io/job-tracking]";

    @Test
    void a_killed_pod_that_is_not_counted_yet_is_the_active_one() {
        assertThat(job(1, pod("Failed", UNCOUNTED)).whyNot()).isEmpty();
    }

    @Test
    void an_active_one_that_is_not_to_be_seen_is_waited_for() {
        assertThat(job(1, pod("Failed", "[]")).whyNot())
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(RefusalReason.TOO_SOON));
        assertThat(job(2, pod("Failed", UNCOUNTED)).whyNot())
                .hasValueSatisfying(why -> assertThat(why.detail()).contains("is not to be seen"));
    }

    private static Suspendable job(int active, Pod pod) {
        var job = KubernetesJson.parse("""
                metadata: {name: import, namespace: shop, uid: u, generation: 1}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: app, image: app}]}}}
                status: {active: %d}
                """.formatted(active), Job.class);
        return new Suspendable(new SuspendedJob(new JobRun(new InMemoryCluster(Clock.systemUTC()), job), List.of(pod)));
    }

    private static Pod pod(String phase, String finalizers) {
        return KubernetesJson.parse("""
                metadata: {name: import-1, namespace: shop, uid: p, finalizers: %s}
                spec: {containers: [{name: app, image: app}]}
                status: {phase: %s}
                """.formatted(finalizers, phase), Pod.class);
    }
}
