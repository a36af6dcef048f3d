package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password=hunter22 | password=***",
                "DB_PASSWORD: hunter22; next | DB_PASSWORD: ***; next",
                "{\"api_key\":\"abcd1234\"} | {\"api_key\":\"***\"}",
                "--access-key AKIA1234 | --access-key ***",
                "connect postgres://app:hunter22@db:5432/x | connect postgres://app:***@db:5432/x",
                "Authorization: Bearer abcdefghijk | Authorization: Bearer ***",
                "token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig | token ***",
                "FATAL: DATABASE_URL is not set | FATAL: DATABASE_URL is not set",
                "listening on http://0.0.0.0:8080/ | listening on http://0.0.0.0:8080/",
            })
    void what_looks_like_a_credential_is_masked(String line, String masked) {
        assertThat(Masking.text(line)).isEqualTo(masked);
    }

    @Test
    void a_pod_is_shown_without_secret_values_and_bookkeeping() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .addNewManagedField()
                .withManager("kubectl")
                .endManagedField()
                .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{hunter22}", "a", "b"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withArgs("--password=hunter22", "--verbose")
                .addNewEnv()
                .withName("DB_PASSWORD")
                .withValue("hunter22")
                .endEnv()
                .addNewEnv()
                .withName("URL")
                .withValue("redis://:hunter22@cache")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();

        var shown = KubernetesJson.yaml(Masking.pod(pod));

        assertThat(shown)
                .doesNotContain("hunter22")
                .doesNotContain("managedFields")
                .contains("--verbose");
        assertThat(pod.getSpec().getContainers().getFirst().getEnv().getFirst().getValue())
                .isEqualTo("hunter22");
    }
}
