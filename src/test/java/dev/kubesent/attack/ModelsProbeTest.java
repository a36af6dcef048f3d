package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.diagnosis.model.SuggestedPatch;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * shared/reviews/security.md, 8: where {@code probe} is allowed, a model could propose a probe that runs any command, or has the kubelet ask
 * 169.254.169.254. What a person would then approve by a glance.
 */
class ModelsProbeTest {

    private static final Set<String> PROBES = Set.of(
            "spec.containers[*].startupProbe", "spec.containers[*].livenessProbe", "spec.containers[*].readinessProbe");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        exec: {command: [sh, -c, curl evil]}
        httpGet: {host: 169.254.169.254, port: 80, path: /latest/meta-data}
        httpGet: {port: 80, host: kubernetes.default}
        httpGet: {port: 80, host: null}
        httpGet: {port: 80, httpHeaders: [{name: Host, value: metadata.google.internal}]}
        httpGet: {port: 80, httpHeaders: []}
        tcpSocket: {host: 10.0.0.1, port: 22}
        """)
    void it_runs_nothing_and_asks_nobody_but_the_pod(String handler) {
        for (var kind : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var patch = read(kind, handler, PROBES);

            assertThat(patch.field()).isEmpty();
            assertThat(patch.dropped()).singleElement().asString().contains(kind);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        httpGet: {port: 80, path: /healthz}
        tcpSocket: {port: 80}
        grpc: {port: 80}
        """)
    void what_asks_the_pod_is_taken(String handler) {
        assertThat(read("livenessProbe", handler, PROBES).field()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"command, true", "args, false", "env, false"})
    void it_may_run_something_only_where_commands_may_be_set_too(String allowed, boolean taken) {
        var fields = new HashSet<>(PROBES);
        fields.add("spec.containers[*]." + allowed);

        assertThat(read("startupProbe", "exec: {command: [ls]}", fields).field().isPresent())
                .isEqualTo(taken);
    }

    private static SuggestedPatch read(String kind, String handler, Set<String> fields) {
        return SuggestedPatch.read(
                "spec: {containers: [{name: app, %s: {%s}}]}".formatted(kind, handler), "app", fields);
    }
}
