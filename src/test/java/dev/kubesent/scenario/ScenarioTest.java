package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.Golden;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every folder of src/test/resources/scenarios, from the event to what the cluster looks like afterwards. */
class ScenarioTest {

    @TestFactory
    Stream<DynamicTest> every_scenario_ends_as_it_is_written_down() {
        var cluster = cluster();
        var scenarios = Scenario.all().toList();
        assertThat(scenarios).hasSizeGreaterThanOrEqualTo(361);
        return scenarios.stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(),
                        () -> Golden.assertMatches(scenario.expected(), ScenarioRun.of(scenario, cluster))));
    }

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }
}
