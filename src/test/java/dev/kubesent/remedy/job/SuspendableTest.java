package dev.kubesent.remedy.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
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
                .hasValueSatisfying(
                        why -> assertThat(why.detail()).contains("counts more active pods than the API lists"));
    }

    /** Seen on a real node: its container was killed, and it was taken for one that works. */
    @Test
    void a_pod_whose_containers_have_all_ended_does_not_work_any_more() {
        var killed = running("terminated: {exitCode: 137, reason: OOMKilled}", "terminated: {exitCode: 0}");

        assertThat(job(1, killed).whyNot()).isEmpty();
        assertThat(job(1, killed).onlyWaitsFor(killed)).isEmpty();
        assertThat(SuspendedJob.isUncounted(killed)).isTrue();
    }

    @Test
    void beside_a_container_that_goes_on_there_is_no_next_try() {
        var meshed = running("terminated: {exitCode: 137, reason: OOMKilled}", "running: {}");

        assertThat(job(1, meshed).onlyWaitsFor(meshed))
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(RefusalReason.NO_REMEDY_FITS));
    }

    private static Pod running(String app, String proxy) {
        return KubernetesJson.parse("""
            metadata: {name: import-1, namespace: shop, uid: p}
            spec: {containers: [{name: app, image: app}, {name: proxy, image: proxy}]}
            status:
              phase: Running
              containerStatuses:
              - {name: app, image: app, restartCount: 0, state: {%s}}
              - {name: proxy, image: proxy, restartCount: 0, state: {%s}}
            """.formatted(app, proxy), Pod.class);
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
