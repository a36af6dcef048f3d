package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodYamlTest {

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

        var shown = PodYaml.of(pod);

        assertThat(shown)
                .doesNotContain("hunter22")
                .doesNotContain("managedFields")
                .contains("--verbose");
        assertThat(pod.getSpec().getContainers().getFirst().getEnv().getFirst().getValue())
                .isEqualTo("hunter22");
    }
}
