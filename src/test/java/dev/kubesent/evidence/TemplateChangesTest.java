package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.PodSpec;
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
                        KubernetesJson.parse(
                                "serviceAccountName: a\ncontainers: [{name: app}, {name: old}]", PodSpec.class),
                        KubernetesJson.parse(
                                "serviceAccountName: b\ncontainers: [{name: new}, {name: app}]", PodSpec.class)))
                .containsExactly("container new is new", "container old is gone", "serviceAccountName a → b");
    }

    @Test
    void nothing_changed_is_nothing() {
        var same = spec("{name: app, env: [{name: A, value: b}]}");

        assertThat(TemplateChanges.between(same, spec("{name: app, env: [{name: A, value: b}]}")))
                .isEmpty();
    }

    private static PodSpec spec(String container) {
        return KubernetesJson.parse("containers: [" + container + "]", PodSpec.class);
    }
}
