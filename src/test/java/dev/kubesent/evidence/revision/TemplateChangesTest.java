package dev.kubesent.evidence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateChangesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: app, image: 'shop:1'}                              | {name: app, image: 'shop:2'}                              | app: image shop:1 → shop:2
                    {name: app, args: ['--password', a]}                      | {name: app, args: ['--password', b]}                      | app: args changed
                    {name: app, env: [{name: URL, value: 'http://u:p@a'}]}    | {name: app, env: [{name: URL, value: 'http://u:q@a'}]}    | app: env URL changed
                    {name: app, env: [{name: DSN, value: x}]}                 | {name: app}                                               | app: env DSN is gone
                    {name: app}                                               | {name: app, env: [{name: A, value: b}]}                   | app: env A is new
                    {name: app, resources: {limits: {memory: 1Gi, cpu: 1}}}   | {name: app, resources: {limits: {memory: 64Mi, cpu: 1}}}  | app: resources.limits.memory 1Gi → 64Mi
                    {name: app, livenessProbe: {httpGet: {path: /a, port: 1}}} | {name: app, livenessProbe: {httpGet: {path: /b, port: 1}}} | app: livenessProbe.httpGet.path /a → /b
                    {name: app, livenessProbe: {exec: {command: [redis-cli, -a, s1]}}} | {name: app, livenessProbe: {exec: {command: [redis-cli, -a, s2]}}} | app: livenessProbe.exec.command changed
                    """)
    void one_field_is_one_change(String before, String after, String expected) {
        assertThat(TemplateChanges.between(spec(before), spec(after)))
                .hasSize(1)
                .first()
                .asString()
                .isEqualTo(expected);
    }

    @Test
    void containers_come_and_go_and_what_is_not_of_one_counts_too() {
        assertThat(TemplateChanges.between(
                        template("serviceAccountName: a, containers: [{name: app}, {name: old}]"),
                        template("serviceAccountName: b, containers: [{name: new}, {name: app}]")))
                .containsExactly("container new is new", "container old is gone", "serviceAccountName a → b");
    }

    @Test
    void nothing_changed_is_nothing() {
        var same = spec("{name: app, env: [{name: A, value: b}]}");

        assertThat(TemplateChanges.between(same, spec("{name: app, env: [{name: A, value: b}]}")))
                .isEmpty();
    }

    private static JsonNode spec(String container) {
        return template("containers: [" + container + "]");
    }

    /** As a PodTemplateSpec of the API server's, without what it leaves out. */
    private static JsonNode template(String spec) {
        return KubernetesJson.parse("spec: {" + spec + "}", JsonNode.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {annotations: {checksum/config: a}} | {annotations: {checksum/config: b}} | annotation checksum/config changed
                    {}                                  | {labels: {team: a}}                 | label team changed
                    {}                                  | {annotations: {kubectl.kubernetes.io/restartedAt: '2026-11-23T12:00:00Z'}} | it was restarted by kubectl rollout restart
                    """)
    void a_mark_that_changed_is_named_without_its_value(String before, String after, String expected) {
        assertThat(TemplateChanges.between(marked(before), marked(after))).containsExactly(expected);
    }

    @Test
    void what_a_controller_marks_its_pods_with_is_no_change() {
        assertThat(TemplateChanges.between(
                        marked("{labels: {pod-template-hash: a, controller-revision-hash: a}}"),
                        marked("{labels: {pod-template-hash: b}}")))
                .isEmpty();
    }

    private static JsonNode marked(String metadata) {
        return KubernetesJson.parse("metadata: " + metadata, JsonNode.class);
    }
}
