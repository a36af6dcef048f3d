package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read by this version is told from what did not come whole. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"kind": "Incident", "spec": {"failure": "SomethingNewer"}}     | true
        {"kind": "Incident", "spec": {"failure": "OOMKi                 | false
        {"kind": "Incident", "spec": {"failure": "OOMKilled"            | false
        """)
    void only_a_value_that_is_not_known_is_unreadable(String answer, boolean isUnreadable) {
        try {
            var _ = KubernetesJson.parse(answer, Incident.class);
            throw new AssertionError("it can be read: " + answer);
        } catch (RuntimeException e) {
            assertThat(Refusals.isUnreadable(e)).isEqualTo(isUnreadable);
        }
    }
}
