package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Issue 25, and shared/reviews/security.md where an incident is forged: the API server lets only KubeSent write incidents, whatever RBAC grants
 * to others, and only who may approve say yes.
 */
@OnTheApiServer
class ForgedIncidentApiServerTest {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String NAMESPACE = "forged-incident";
    private static final String YES = "{\"spec\":{\"approved\":true}}";

    private static ApiServer server;

    /** Eve may write all of incidents, as far as RBAC goes; Ada may approve. */
    @BeforeAll
    static void people() {
        server = ApiServer.required();
        server.namespace(NAMESPACE);
        server.admin()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("writes-incidents")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("kubesent.dev")
                        .withResources("incidents", "incidents/status")
                        .withVerbs("get", "list", "create", "update", "patch", "delete")
                        .endRule()
                        .build())
                .create();
        bind("eve", "writes-incidents");
        bind("ada", "kubesent-approver");
    }

    private static void bind(String user, String role) {
        server.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(user)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                        .build())
                .create();
    }

    private static KubernetesClient as(String user) {
        return KubernetesConnection.open(new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername(user)
                .withImpersonateGroups("system:authenticated")
                .build());
    }

    private static void open(String name) {
        server.boundByPolicyOnly().resource(incident(name)).create();
    }

    private static Incident incident(String name) {
        return KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: %s, namespace: forged-incident, annotations: {kubesent.dev/pod: web-1}}
            spec: {ownerKind: Deployment, ownerName: web, revision: a, container: app, failure: OOMKilled}
            """.formatted(name), Incident.class);
    }

    private static Resource<Incident> live(KubernetesClient client, String name) {
        return client.resources(Incident.class).inNamespace(NAMESPACE).withName(name);
    }

    @Test
    void nobody_else_makes_one() {
        try (var eve = as("eve")) {
            assertThatThrownBy(() -> eve.resource(incident("made-by-eve")).create())
                    .hasMessageContaining("incidents and their status are written by KubeSent only");
        }
        assertThatThrownBy(
                        () -> server.admin().resource(incident("made-by-admin")).create())
                .hasMessageContaining("incidents and their status are written by KubeSent only");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
        intent    | {"status":{"phase":"Acting","intent":{"remedy":"TemplatePatch","record":"{}"}}}
        phase     | {"status":{"phase":"Closed"}}
        approval  | {"status":{"approval":{"by":"eve","generation":1,"fingerprint":"x","used":false}}}
        """)
    void nobody_else_writes_its_status(String what, String patch) {
        open("status-" + what);
        try (var eve = as("eve")) {
            assertThatThrownBy(() ->
                            live(eve, "status-" + what).subresource("status").patch(MERGE, patch))
                    .hasMessageContaining("incidents and their status are written by KubeSent only");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
        owner      | {"spec":{"ownerName":"db"}}               | only a person's word may change
        container  | {"spec":{"container":"side"}}             | only a person's word may change
        pod        | {"metadata":{"annotations":{"kubesent.dev/pod":"db-0"}}} | what KubeSent wrote of an incident is not changed
        no-pod     | {"metadata":{"annotations":{"kubesent.dev/pod":null}}}   | what KubeSent wrote of an incident is not changed
        manager    | {"metadata":{"labels":{"app.kubernetes.io/managed-by":"eve"}}} | what KubeSent wrote of an incident is not changed
        yes        | {"spec":{"approved":true}}                | needs the verb approve
        """)
    void to_change_incidents_is_no_right_to_change_what_they_say(String what, String patch, String why) {
        open("spec-" + what);
        try (var eve = as("eve")) {
            assertThatThrownBy(() -> live(eve, "spec-" + what).patch(MERGE, patch))
                    .hasMessageContaining(why);
        }
    }

    /** Each is one request of Eve after a yes that Ada said: a newer generation or a newer time would make it a new one. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
        owners     | {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"nobody","uid":"u"}]}} | the API server's
        finalizers | {"metadata":{"finalizers":["evil.example/x"]}}   | the API server's
        writers    | {"metadata":{"managedFields":[{"apiVersion":"kubesent.dev/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:approved":{}}},"manager":"ann-the-boss","operation":"Update","time":"2036-11-30T23:59:59Z"}]}} | the API server's
        revision   | {"spec":{"revision":null}}                       | only takes a person's word
        container  | {"spec":{"container":null}}                      | only takes a person's word
        """)
    void a_yes_that_was_said_is_made_no_other_one(String what, String patch, String why) {
        var name = "renewed-" + what;
        HasMetadata opened = KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: %s, namespace: forged-incident}
            spec: {ownerKind: Job, ownerName: import, revision: "", container: "", failure: JobFailed}
            """.formatted(name), GenericKubernetesResource.class);
        server.boundByPolicyOnly().resource(opened).create();
        try (var ada = as("ada");
                var eve = as("eve")) {
            var _ = live(ada, name).patch(MERGE, YES);
            assertThatThrownBy(() -> live(eve, name).patch(MERGE, patch)).hasMessageContaining(why);
        }
    }

    @Test
    void which_change_a_later_yes_is_for_is_not_named_by_who_may_not_say_it() {
        open("named-before");
        try (var eve = as("eve")) {
            assertThatThrownBy(() -> live(eve, "named-before")
                            .patch(MERGE, "{\"spec\":{\"approvedFingerprint\":\"%s\"}}".formatted("0".repeat(64))))
                    .hasMessageContaining("needs the verb approve");
        }
    }

    @Test
    void a_yes_is_not_turned_to_another_change_by_who_may_not_say_it() {
        open("turned");
        try (var ada = as("ada");
                var eve = as("eve")) {
            var _ = live(ada, "turned").patch(MERGE, YES);
            assertThatThrownBy(() -> live(eve, "turned")
                            .patch(MERGE, "{\"spec\":{\"approvedFingerprint\":\"%s\"}}".formatted("0".repeat(64))))
                    .hasMessageContaining("needs the verb approve");
            assertThat(live(eve, "turned")
                            .patch(MERGE, "{\"spec\":{\"approved\":false}}")
                            .getSpec()
                            .approved())
                    .as("whoever may change it may stop it")
                    .isFalse();
        }
    }

    @Test
    void who_may_approve_does_and_who_it_was_is_still_to_be_read() {
        open("approved");
        try (var ada = as("ada")) {
            var approved = live(ada, "approved").patch(MERGE, YES);
            assertThat(approved.getSpec().approved()).isTrue();
            assertThat(approved.getMetadata().getManagedFields())
                    .anyMatch(entry -> String.valueOf(entry.getFieldsV1()).contains("f:approved"));
            assertThatThrownBy(() -> live(ada, "approved")
                            .subresource("status")
                            .patch(MERGE, "{\"status\":{\"phase\":\"Closed\"}}"))
                    .as("and no more than that")
                    .hasMessageContaining("cannot patch");
        }
    }

    /** People label and annotate, and clear away, as they like. */
    @Test
    void what_is_not_kubesents_is_everybodys() {
        open("labelled");
        try (var eve = as("eve")) {
            var _ = live(eve, "labelled").patch(MERGE, "{\"metadata\":{\"labels\":{\"team\":\"shop\"}}}");
            live(eve, "labelled").delete();
            assertThat(live(eve, "labelled").get()).isNull();
        }
    }
}
