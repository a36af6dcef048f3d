package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure that goes on has events for ever: what was decided a moment ago is not decided again with each. */
class SettledTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oom-suggest-only",
                "crash-with-a-telling-line",
                "verify-a-deployment-is-raised-twice-then-taken-back",
                "verify-something-else-fails-taken-back",
                "paused-and-approved-waits-until-it-goes-on"
            })
    void what_was_decided_a_moment_ago_is_not_decided_again(String name) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "event").answer(loaded.event());
        for (var step : scenario.steps()) {
            ScenarioRun.setTheStage(step, loaded, clock);
            var _ = ScenarioRun.sweep(loaded.ports(), clock, "step").run();
        }
        var before = stories(loaded.inspector().list(Incident.class, scenario.namespace()));

        for (int i = 0; i < 5; i++) {
            clock.forward(Duration.ofSeconds(10));
            var _ = ScenarioRun.sweep(loaded.ports(), clock, "again").run();
        }

        assertThat(stories(loaded.inspector().list(Incident.class, scenario.namespace())))
                .isEqualTo(before);
    }

    private static String stories(Iterable<Incident> incidents) {
        var stories = new StringBuilder();
        incidents.forEach(incident -> stories.append(incident.progress().story()));
        return stories.toString();
    }
}
