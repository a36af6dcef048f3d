package dev.kubesent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsCommandTest {

    private static final Scenario PROPOSED = Scenario.named("approved-suggestion");

    private final MovingClock clock = new MovingClock(PROPOSED.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(PROPOSED, clock);
    private final Person person = new Person();

    private int incidents(String... arguments) {
        return person.runs(
                reach -> new IncidentsCommand(reach, clock), loaded.ports().reader(), PROPOSED.namespace(), arguments);
    }

    private String opened() {
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        return loaded.inspector()
                .list(Incident.class, PROPOSED.namespace())
                .getFirst()
                .getMetadata()
                .getName();
    }

    @Test
    void a_list_says_what_is_asked_of_a_person() {
        var name = opened();
        clock.forward(Duration.ofMinutes(5));

        assertThat(incidents()).isZero();

        assertThat(person.out().lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst())
                        .matches("NAMESPACE +NAME +PHASE +WORKLOAD +CAUSE +AGE +ASKED OF YOU"))
                .satisfies(lines -> assertThat(lines.getLast())
                        .startsWith(PROPOSED.namespace() + "  " + name + "  Proposed  Deployment/web-oom")
                        .contains("MEMORY_LIMIT")
                        .endsWith("approve or reject"));
    }

    @Test
    void one_is_told_whole_with_what_can_be_done() {
        var name = opened();

        assertThat(incidents(name)).isZero();

        assertThat(person.out())
                .startsWith("%s/%s  Proposed".formatted(PROPOSED.namespace(), name))
                .contains("  fails    Deployment/web-oom: OOMKilled in container")
                .contains("  cause    ")
                .contains("  because  ")
                .contains("  change   ")
                .contains("  reason   SUGGEST_ONLY: ")
                .contains("  story    ")
                .contains("kubesent approve %s -n %s".formatted(name, PROPOSED.namespace()))
                .contains("kubesent reject %s -n %s --because TEXT".formatted(name, PROPOSED.namespace()))
                .doesNotContain("`");
    }

    @Test
    void a_program_reads_the_same_as_json() throws Exception {
        var name = opened();

        assertThat(incidents("-o", "json", "-A")).isZero();
        var list = new ObjectMapper().readTree(person.out());

        assertThat(list.at("/incidents/0/name").asText()).isEqualTo(name);
        assertThat(list.at("/incidents/0/asked").asText()).isEqualTo("approve or reject");
    }

    @ParameterizedTest
    @CsvSource({"json, \"incident\" :", "yaml, incident:", "markdown, | change |"})
    void a_story_has_each_format(String format, String part) {
        var name = opened();

        assertThat(incidents(name, "-o", format)).isZero();
        assertThat(person.out()).contains(part).doesNotContain("\"record\"");
    }

    @Test
    void that_there_is_none_is_said() {
        assertThat(incidents()).isZero();
        assertThat(incidents("-A")).isZero();

        assertThat(person.out())
                .isEqualTo("No incident in namespace %s.\nNo incident in any namespace.\n"
                        .formatted(PROPOSED.namespace()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "nothing, \"there is no incident 'nothing' in namespace approved-suggestion; kubesent incidents -n"
                        + " approved-suggestion lists them\"",
                "nothing -A, \"an incident has one namespace: give NAME with -n, and not with -A\""
            })
    void what_is_not_there_is_said_with_what_to_do(String arguments, String told) {
        assertThat(incidents(arguments.split(" "))).isEqualTo(2);

        assertThat(person.err()).isEqualTo("kubesent incidents: " + told + "\n");
        assertThat(person.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, Is it the right kubeconfig (kubectl cluster-info)?",
        "UNAUTHORIZED, Log in to the cluster again",
        "FORBIDDEN, You need the right to read that",
        "BUSY, Try again."
    })
    void a_cluster_that_cannot_be_read_is_said_with_what_to_do(Kind kind, String told) {
        Reach none = () -> {
            throw new ClusterException(kind, "no answer");
        };

        assertThat(person.runs(new IncidentsCommand(none, clock))).isEqualTo(3);
        assertThat(person.err()).contains("no answer. ").contains(told);
    }
}
