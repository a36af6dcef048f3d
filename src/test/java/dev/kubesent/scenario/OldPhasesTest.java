package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Finished;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incidents as version 0.1 left them: Refused was also what has no automatic fix, and Proposed also what only waits. */
class OldPhasesTest {

    private static final String NO_FIX = "crash-of-a-first-release";
    private static final String WAITS = "rollback-is-given-two-minutes";

    private final List<Finished> told = new ArrayList<>();
    private MovingClock clock;
    private TestCluster.Loaded loaded;
    private Pipeline pipeline;

    @Test
    void what_has_no_fix_gets_its_new_phase_and_is_not_told_twice() {
        begin(NO_FIX);
        assertThat(incident().progress().phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(told).hasSize(1);
        write(Phase.Refused);
        clock.forward(Duration.ofMinutes(6));

        event();

        assertThat(incident().progress().phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(told).hasSize(1);
    }

    @Test
    void what_waited_is_found_when_its_time_has_come() {
        begin(WAITS);
        assertThat(incident().progress().phase()).isEqualTo(Phase.Waiting);
        write(Phase.Proposed);
        clock.forward(Duration.ofMinutes(3));

        new Resumption(pipeline, clock, ScenarioRun::atOnceOrNever).resume();

        assertThat(incident().progress().phase()).isNotEqualTo(Phase.Proposed).isNotEqualTo(Phase.Waiting);
    }

    @Test
    void a_sweep_closes_it_when_its_owner_is_gone() {
        begin(NO_FIX);
        write(Phase.Refused);
        clock.forward(Duration.ofMinutes(1));
        var incident = incident();
        loaded.stage().remove("ReplicaSet/" + incident.getSpec().ownerName());
        loaded.stage().remove(incident.progress().workload());
        loaded.stage().remove("Pod/" + incident.pod().orElseThrow());

        new Sweep(pipeline, loaded.ports(), clock).run();

        assertThat(incident().progress().phase()).isEqualTo(Phase.Closed);
    }

    private void begin(String name) {
        var scenario = Scenario.named(name);
        clock = new MovingClock(scenario.time());
        loaded = new InMemoryTestCluster().load(scenario, clock);
        pipeline = new Pipeline(
                loaded.ports(), ScenarioRun.defaultPolicies(), told::add, Work.beforeTheAnswer(), clock, "test");
        event();
    }

    private void event() {
        assertThat(ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status())
                .isEqualTo(202);
    }

    private Incident incident() {
        var all = loaded.inspector().list(Incident.class, "");
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /** As 0.1 would have. */
    private void write(Phase phase) {
        var tree = (ObjectNode) KubernetesJson.tree(incident());
        ((ObjectNode) tree.path("status")).put("phase", phase.name());
        ((ObjectNode) tree.at("/status/verdict")).put("decision", phase.name());
        loaded.ports().records().replaceStatus(KubernetesJson.as(tree, Incident.class));
    }
}
