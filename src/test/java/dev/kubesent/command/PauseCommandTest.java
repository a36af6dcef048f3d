package dev.kubesent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import org.junit.jupiter.api.Test;

class PauseCommandTest {

    private static final Scenario SCENARIO = Scenario.named("approved-suggestion");

    private final Person person = new Person();
    private final TestCluster.Loaded loaded =
            new InMemoryTestCluster().load(SCENARIO, new MovingClock(SCENARIO.time()));

    @Test
    void the_switch_is_the_one_of_the_gate() {
        assertThat(person.runs(PauseCommand::new, loaded.ports().reader(), "shop"))
                .isZero();
        assertThat(person.runs(PauseCommand::new, loaded.ports().reader(), "shop", "--kubesent-namespace", "tools"))
                .isZero();

        assertThat(person.sent())
                .containsExactly("configmap kubesent/kubesent {pause=true}", "configmap tools/kubesent {pause=true}");
        assertThat(person.out())
                .contains("To go on: kubesent resume\n")
                .contains("To go on: kubesent resume --kubesent-namespace tools\n");
    }

    @Test
    void what_is_not_paused_is_not_resumed() {
        assertThat(person.runs(ResumeCommand::new, loaded.ports().reader(), "shop"))
                .isZero();

        assertThat(person.sent()).isEmpty();
        assertThat(person.out()).contains("Nothing to resume").contains("KUBESENT_PAUSE=true");
    }

    @Test
    void what_is_paused_goes_on() {
        loaded.stage()
                .put("apiVersion: v1\n"
                        + "kind: ConfigMap\n"
                        + "metadata: {name: kubesent, namespace: kubesent}\n"
                        + "data: {pause: 'true'}\n");

        assertThat(person.runs(ResumeCommand::new, loaded.ports().reader(), "shop"))
                .isZero();

        assertThat(person.sent()).containsExactly("configmap kubesent/kubesent {pause=false}");
    }
}
