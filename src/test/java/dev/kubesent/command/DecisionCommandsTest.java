package dev.kubesent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** approve and reject: what is sent for a person, and what is said. */
class DecisionCommandsTest {

    private static final Scenario PROPOSED = Scenario.named("approved-suggestion");
    private static final String NS = PROPOSED.namespace();

    private final MovingClock clock = new MovingClock(PROPOSED.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(PROPOSED, clock);
    private final Person person = new Person();

    private int approve(String... arguments) {
        return person.runs(ApproveCommand::new, loaded.ports().reader(), NS, arguments);
    }

    private int reject(String... arguments) {
        return person.runs(RejectCommand::new, loaded.ports().reader(), NS, arguments);
    }

    private String proposed() {
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        return incident().getMetadata().getName();
    }

    private Incident incident() {
        return loaded.inspector().list(Incident.class, NS).getFirst();
    }

    private String fingerprint() {
        return Objects.requireNonNull(incident().progress().verdict()).fingerprint();
    }

    private void isAt(String phase) {
        var tree = (ObjectNode) KubernetesJson.tree(incident());
        tree.withObject("/status").put("phase", phase);
        loaded.stage().put(KubernetesJson.yaml(tree));
    }

    @Test
    void a_yes_names_the_change_that_is_shown() {
        var name = proposed();

        assertThat(approve(name)).isZero();

        assertThat(person.sent())
                .containsExactly(
                        "incident %s/%s {\"approved\":true,\"rejected\":null,\"approvedBy\":null,\"approvedAgain\":null,\"approvedAgainBy\":null,\"approvedFingerprint\":\"%s\"}"
                                .formatted(NS, name, fingerprint()));
        assertThat(person.out())
                .contains("+ containers[app].resources.limits.memory: 132Mi")
                .contains("Approved " + name + ". KubeSent looks at it again now");
    }

    @Test
    void a_yes_that_was_for_another_change_is_taken_back_first() {
        var name = proposed();
        loaded.stage().approve();

        assertThat(approve(name)).isZero();

        assertThat(person.sent())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("{\"approved\":false,\"approvedBy\":null,\"approvedAgain\":null,\"approvedAgainBy\":null}");
    }

    @Test
    void a_yes_takes_a_no_back() {
        var name = proposed();
        loaded.stage().reject("no");
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(EventPod.update(incident()));
        assertThat(incident().progress().phase().name()).isEqualTo("Refused");

        assertThat(approve(name)).isZero();

        assertThat(person.sent()).singleElement().asString().contains("\"rejected\":null");
    }

    @Test
    void what_only_waits_for_its_time_can_be_approved() {
        var name = proposed();
        isAt("Waiting");

        assertThat(approve(name)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acting",
                "Verifying",
                "Undoing",
                "Healed",
                "Superseded",
                "Closed",
                "Failed",
                "Refused",
                "NoAutomaticFix",
                "Opened"
            })
    void where_nothing_is_proposed_nothing_is_approved(String phase) {
        var name = proposed();
        isAt(phase);

        assertThat(approve(name)).isEqualTo(4);

        assertThat(person.err())
                .startsWith(
                        "kubesent approve: there is nothing to approve: %s is at phase %s. ".formatted(name, phase));
        assertThat(person.sent()).isEmpty();
    }

    @Test
    void a_no_says_why_and_how_it_is_taken_back() {
        var name = proposed();

        assertThat(reject(name, "--because", "it is meant to be so low")).isZero();

        assertThat(person.sent())
                .containsExactly("incident %s/%s {\"rejected\":\"it is meant to be so low\"}".formatted(NS, name));
        assertThat(person.out())
                .contains("Rejected " + name + ". No change is made for it")
                .contains("kubesent approve %s -n %s".formatted(name, NS));
    }

    @Test
    void a_no_takes_a_yes_back() {
        var name = proposed();
        loaded.stage().approve();

        assertThat(reject(name, "--because", "no")).isZero();

        assertThat(person.sent()).singleElement().asString().endsWith("{\"rejected\":\"no\",\"approved\":false}");
    }

    @ParameterizedTest
    @CsvSource({
        "Acting, 0, taken back where it does not help",
        "Verifying, 0, taken back where it does not help",
        "Healed, 4, there is nothing to reject",
        "Closed, 4, there is nothing to reject"
    })
    void what_was_begun_is_finished(String phase, int code, String told) {
        var name = proposed();
        isAt(phase);

        assertThat(reject(name, "--because", "no")).isEqualTo(code);

        assertThat(person.out() + person.err()).contains(told);
    }

    @Test
    void a_no_without_a_reason_is_none() {
        var name = proposed();

        assertThat(reject(name)).isEqualTo(2);
        assertThat(reject(name, "--because", " ")).isEqualTo(2);
        assertThat(reject(name, "--because", "x".repeat(501))).isEqualTo(2);

        assertThat(person.err()).contains("--because").contains("at most 500 characters; this has 501");
        assertThat(person.sent()).isEmpty();
    }

    @Test
    void an_incident_that_is_not_there_is_said() {
        assertThat(approve("none")).isEqualTo(2);
        assertThat(reject("none", "-n", "other", "--because", "no")).isEqualTo(2);

        assertThat(person.err())
                .contains("there is no incident 'none' in namespace " + NS)
                .contains("there is no incident 'none' in namespace other; kubesent incidents -n other lists them");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "CONFLICT", "REJECTED"})
    void a_refusal_is_said_in_the_servers_words_with_what_to_do(Kind kind) {
        var name = proposed();
        person.refusedBy(new ClusterException(kind, "the server's words"));

        assertThat(approve(name)).isEqualTo(4);

        assertThat(person.err()).contains("nothing was changed. the server's words");
        assertThat(person.err().contains("--clusterrole=kubesent-approver")).isEqualTo(kind == Kind.FORBIDDEN);
    }

    @Test
    void no_answer_to_a_write_is_not_said_to_be_a_no() {
        var name = proposed();
        person.refusedBy(new ClusterException(Kind.UNREACHABLE, "no answer"));

        assertThat(approve(name)).isEqualTo(3);
        assertThat(person.err()).contains("it is not known whether anything was changed");
    }
}
