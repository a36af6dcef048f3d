package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Approver;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 25: who approved is the API server's word, which nobody forges and nobody changes later. */
@OnTheApiServer
class ForgedApproverApiServerTest {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String NAMESPACE = "forged-approver";
    private static final String SHOWN = "a".repeat(64);
    private static final String TRUE_NAME =
            "{name: %s, groups: [sre, 'system:authenticated'], change: '%s'}".formatted("%s", SHOWN);
    /**
     * Several rules refuse it, and the server names the first one that does. One compares the times of managedFields,
     * which have whole seconds: it refuses only where the second write falls into a later second than the first.
     */
    private static final String NOT_LATER = "(?s).*(spec.approvedBy names who says yes|cannot patch"
            + "|KubeSent writes nothing|the record of who wrote).*";

    private static final AtomicInteger TURN = new AtomicInteger();

    private static ApiServer server;
    private static KubernetesClient ada;
    private static KubernetesClient bob;

    private String incident = "";

    /** Both may approve, and are no others. */
    @BeforeAll
    static void people() {
        server = ApiServer.required();
        server.namespace(NAMESPACE);
        ada = server.person("ada", NAMESPACE, "kubesent-approver");
        bob = server.person("bob", NAMESPACE, "kubesent-approver");
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.writesNames() && !isNamed()) {
            assertThat(System.nanoTime()).as("the policy is in force").isLessThan(deadline);
        }
    }

    /** A policy is in force a moment after it was made. */
    private static boolean isNamed() {
        var test = new ForgedApproverApiServerTest();
        test.a_change_is_proposed();
        return test.say(ada, "{approved: true}").approvedBy() != null;
    }

    @AfterAll
    static void leave() {
        if (ada != null) {
            ada.close();
            bob.close();
        }
    }

    @BeforeEach
    void a_change_is_proposed() {
        incident = "incident-" + TURN.incrementAndGet();
        server.boundByPolicyOnly()
                .resource(KubernetesJson.parse("""
                    apiVersion: kubesent.dev/v1alpha1
                    kind: Incident
                    metadata: {name: %s, namespace: forged-approver}
                    spec: {ownerKind: Deployment, ownerName: web, revision: a, container: app, failure: OOMKilled}
                    """.formatted(incident), Incident.class))
                .create();
        var _ = live(server.boundByPolicyOnly())
                .subresource("status")
                .patch(
                        MERGE,
                        json("status: {phase: Proposed, verdict: {decision: Refused, fingerprint: '%s'}}"
                                .formatted(SHOWN)));
    }

    private Resource<Incident> live(KubernetesClient client) {
        return client.resources(Incident.class).inNamespace(NAMESPACE).withName(incident);
    }

    /** @param spec in YAML */
    private IncidentSpec say(KubernetesClient person, String spec) {
        return live(person).patch(MERGE, json("spec: " + spec)).getSpec();
    }

    private static String json(String yaml) {
        return KubernetesJson.json(KubernetesJson.parse(yaml, JsonNode.class));
    }

    private static String trueName(String name) {
        return TRUE_NAME.formatted(name);
    }

    private void adaApproves() {
        say(ada, "{approved: true, approvedBy: %s}".formatted(trueName("ada")));
    }

    @Test
    void the_server_takes_the_true_name_groups_and_change() {
        assertThat(say(ada, "{approved: true, approvedBy: %s}".formatted(trueName("ada")))
                        .approvedBy())
                .isEqualTo(new Approver("ada", TestCluster.GROUPS, SHOWN));
    }

    @Test
    void the_server_writes_the_name_where_it_can_and_else_none() {
        assertThat(say(ada, "{approved: true}").approvedBy())
                .isEqualTo(server.writesNames() ? new Approver("ada", TestCluster.GROUPS, SHOWN) : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        another's name           | {name: bob}
        more groups              | {name: ada, groups: [sre, 'system:authenticated', 'system:masters']}
        fewer groups             | {name: ada, groups: []}
        another change           | {name: ada, change: bbbb}
        no name, but a change    | {change: bbbb}
        """)
    void what_is_not_true_is_not_taken(String what, String forged) {
        if (server.writesNames()) {
            assertThat(say(ada, "{approved: true, approvedBy: %s}".formatted(forged))
                            .approvedBy())
                    .as("the truth in its place")
                    .isEqualTo(new Approver("ada", TestCluster.GROUPS, SHOWN));
        } else {
            assertThatThrownBy(() -> say(ada, "{approved: true, approvedBy: %s}".formatted(forged)))
                    .as(what)
                    .hasMessageContaining("spec.approvedBy names who says yes");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        another's name           | {name: bob}
        no name                  | null
        no groups                | {groups: null}
        another change           | {change: bbbb}
        """)
    void nobody_changes_it_later(String what, String patch) {
        adaApproves();
        for (var who : List.of(ada, bob, server.admin(), server.boundByPolicyOnly())) {
            assertThatThrownBy(() -> say(who, "{approvedBy: %s}".formatted(patch)))
                    .as(what)
                    .hasMessageMatching(NOT_LATER);
        }
    }

    @Test
    void who_takes_a_yes_back_may_leave_the_name_and_another_yes_has_its_own() {
        adaApproves();
        assertThat(say(bob, "{approved: false}").approved()).isFalse();
        if (!server.writesNames()) {
            assertThatThrownBy(() -> say(bob, "{approved: true}"))
                    .as("under her name")
                    .hasMessageContaining("spec.approvedBy names who says yes");
        }
        var again = say(bob, "{approved: true, approvedBy: %s}".formatted(trueName("bob")));
        assertThat(again.approvedBy()).isEqualTo(new Approver("bob", TestCluster.GROUPS, SHOWN));
    }

    @Test
    void a_second_yes_is_another_persons() {
        adaApproves();
        assertThatThrownBy(() -> say(ada, "{approvedAgain: true, approvedAgainBy: %s}".formatted(trueName("ada"))))
                .hasMessageContaining("from somebody else");
        var both = say(bob, "{approvedAgain: true, approvedAgainBy: %s}".formatted(trueName("bob")));
        assertThat(both.approvedBy()).isEqualTo(new Approver("ada", TestCluster.GROUPS, SHOWN));
        assertThat(both.approvedAgainBy()).isEqualTo(new Approver("bob", TestCluster.GROUPS, SHOWN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        both at once        | {approved: true, approvedBy: %1$s, approvedAgain: true, approvedAgainBy: %1$s}
        the second alone    | {approvedAgain: true, approvedAgainBy: %1$s}
        """)
    void nobody_says_both(String what, String spec) {
        assertThatThrownBy(() -> say(ada, spec.formatted(trueName("ada"))))
                .as(what)
                .hasMessageMatching("(?s).*(a second yes comes after the first|a yes ends the second one).*");
    }

    @Test
    void an_older_second_yes_does_not_stay_for_another_change() {
        adaApproves();
        say(bob, "{approvedAgain: true, approvedAgainBy: %s}".formatted(trueName("bob")));

        assertThatThrownBy(() -> say(
                        ada, "{approvedFingerprint: '%s', approvedBy: %s}".formatted("b".repeat(64), trueName("ada"))))
                .hasMessageContaining("a yes ends the second one");
        assertThat(say(
                                ada,
                                "{approvedFingerprint: '%s', approvedBy: %s, approvedAgain: false}"
                                        .formatted("b".repeat(64), trueName("ada")))
                        .approvedAgain())
                .isFalse();
    }

    /** Kubernetes 1.36 and later: nobody has to write his own name. */
    @Test
    void where_the_server_writes_names_two_booleans_are_enough() {
        Assumptions.assumeTrue(server.writesNames(), "this API server has no MutatingAdmissionPolicies");
        say(ada, "{approved: true}");
        assertThatThrownBy(() -> say(ada, "{approvedAgain: true}")).hasMessageContaining("from somebody else");

        var both = say(bob, "{approvedAgain: true}");

        assertThat(both.approvedBy()).isEqualTo(new Approver("ada", TestCluster.GROUPS, SHOWN));
        assertThat(both.approvedAgainBy()).isEqualTo(new Approver("bob", TestCluster.GROUPS, SHOWN));
    }
}
