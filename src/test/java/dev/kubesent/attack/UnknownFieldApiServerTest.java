package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Finding 6c of shared/reviews/security.md: the API server says of a field that it does not know that it is broken (500), and the change
 * was tried again each minute for ever.
 */
@OnTheApiServer
class UnknownFieldApiServerTest {

    private static final String NAMESPACE = "unknown-field";
    private static ApiServer server;
    private static ObjectRef web;

    @BeforeAll
    static void start() {
        server = ApiServer.required();
        server.namespace(NAMESPACE);
        HasMetadata deployment = KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: unknown-field}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: 'x:1'}]}
            """, Deployment.class);
        web = ObjectRef.of(server.admin().resource(deployment).create());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a field that is not known      | livenessProbe: {httpGet: {port: 8080}, nonsense: 1}
        a text in the place of a map   | livenessProbe: {httpGet: x}
        a text in the place of a number| livenessProbe: {httpGet: {port: 8080}, periodSeconds: often}
        the same variable twice        | env: [{name: A, value: '1'}, {name: A, value: '2'}]
        """)
    @DisplayName("a dry run is refused for good:")
    void what_the_type_does_not_have_is_a_refusal(String what, String field) {
        var fragment = (ObjectNode) KubernetesJson.tree(KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: unknown-field}
            spec: {template: {spec: {containers: [{name: app, %s}]}}}
            """.formatted(field), ObjectNode.class));

        var refused = catchThrowableOfType(
                ClusterException.class,
                () -> new KubernetesWrites(server.admin()).dryRun().conflicts(web, Subresource.NONE, fragment));

        assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
        assertThat(refused.passing()).isFalse();
    }
}
