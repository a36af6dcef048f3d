package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.HeldWork;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What happens to an incident between the answer to its event and the work on it. */
class WaitsForItsTurnTest {

    private static final Duration STALE = Duration.ofMinutes(6);

    private final HeldWork work = new HeldWork();

    /** A scenario whose first event was answered and worked on, six minutes ago: the next one is judged anew. */
    private record Judged(
            Scenario scenario, MovingClock clock, TestCluster.Loaded loaded, Pipeline pipeline, Instant at) {

        int event() {
            return ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status();
        }

        Incident incident() {
            return loaded.inspector().list(Incident.class, scenario.namespace()).getFirst();
        }

        IncidentStatus status() {
            return incident().progress();
        }

        boolean isJudgedAnew() {
            var verdict = status().verdict();
            return verdict != null && verdict.at().isAfter(at);
        }
    }

    private Judged judged(String name) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var pipeline = new Pipeline(loaded.ports(), ScenarioRun.defaultPolicies(), _ -> {}, work, clock, "test");
        var judged = new Judged(scenario, clock, loaded, pipeline, clock.instant());
        assertThat(judged.event()).isEqualTo(202);
        work.go();
        clock.forward(STALE);
        return judged;
    }

    /** As where there is no memory to pack it. */
    @Test
    void what_an_error_kept_from_waiting_is_taken_with_the_next_event() {
        var judged = judged("crash-with-a-telling-line");
        work.breakOnce();
        assertThat(judged.event()).isGreaterThanOrEqualTo(500);
        assertThat(work.waiting()).isZero();

        assertThat(judged.event()).isEqualTo(202);
        work.go();

        assertThat(judged.isJudgedAnew()).isTrue();
    }

    @Test
    void what_found_no_room_is_offered_again_in_the_next_round() {
        var judged = judged("crash-with-a-telling-line");
        work.room(false);
        assertThat(judged.event()).isEqualTo(202);
        assertThat(judged.pipeline().resume("")).as("a round without room").isZero();
        work.room(true);

        var _ = judged.pipeline().resume("");
        work.go();

        assertThat(judged.isJudgedAnew()).isTrue();
    }

    /** The pod that the incident was last seen in is gone by then. */
    @Test
    void what_found_no_room_is_judged_by_the_pod_that_showed_it() {
        var judged = judged("crash-of-a-first-release");
        var pod = judged.incident().pod().orElseThrow();
        var old = judged.loaded()
                .inspector()
                .get(Pod.class, judged.scenario().namespace(), pod)
                .orElseThrow();
        var other = new PodBuilder(old)
                .editMetadata()
                .withName("another")
                .withUid("another")
                .withResourceVersion(null)
                .endMetadata()
                .build();
        judged.loaded().stage().put(KubernetesJson.yaml(other));
        judged.loaded().stage().remove("Pod/" + pod);
        other = judged.loaded()
                .inspector()
                .get(Pod.class, judged.scenario().namespace(), "another")
                .orElseThrow();
        work.room(false);
        var endpoint = ScenarioRun.endpoint(judged.pipeline(), judged.clock());
        assertThat(endpoint.answer(EventPod.update(other)).status()).isEqualTo(202);
        work.room(true);

        var _ = judged.pipeline().resume("");
        work.go();

        assertThat(judged.isJudgedAnew()).isTrue();
        assertThat(judged.status().phase()).isEqualTo(Phase.NoAutomaticFix);
    }

    @Test
    void a_label_that_comes_meanwhile_does_not_keep_it_from_being_taken() {
        var judged = judged("crash-with-a-telling-line");
        assertThat(judged.event()).isEqualTo(202);
        judged.loaded().stage().put("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: %s, namespace: %s, labels: {triage: 'yes'}}
            """.formatted(
                judged.incident().getMetadata().getName(), judged.scenario().namespace()));

        work.go();

        assertThat(judged.isJudgedAnew()).isTrue();
    }

    @Test
    void a_persons_word_that_comes_meanwhile_counts() {
        var judged = judged("oom-suggest-only");
        assertThat(judged.event()).isEqualTo(202);
        judged.loaded().stage().approve();
        var endpoint = ScenarioRun.endpoint(judged.pipeline(), judged.clock());
        assertThat(endpoint.answer(EventPod.update(judged.incident())).status()).isEqualTo(202);

        work.go();

        assertThat(judged.status().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void a_look_at_a_change_that_is_watched_goes_first() {
        var judged = judged("oom-deployment");
        assertThat(judged.status().phase()).isEqualTo(Phase.Verifying);

        var _ = judged.pipeline().resume("");

        assertThat(work.loads().getLast().order()).isEqualTo(Work.Order.BEGUN);
    }

    @Test
    void what_waits_weighs_what_its_incident_holds() {
        var judged = judged("oom-deployment");

        var _ = judged.pipeline().resume("");

        assertThat(work.loads().getLast().weigh().getAsInt())
                .isGreaterThan(judged.status().story().toString().length());
    }
}
