package dev.kubesent.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceAttributesTest {

    private static final String PROPERTY = "management.opentelemetry.resource-attributes.";

    @Test
    void in_a_cluster_they_name_namespace_and_pod() {
        assertThat(ResourceAttributes.properties("ops", Optional.of("kubesent-00001-abc")))
                .containsEntry(PROPERTY + "service.name", "kubesent")
                .containsEntry(PROPERTY + "k8s.namespace.name", "ops")
                .containsEntry(PROPERTY + "k8s.pod.name", "kubesent-00001-abc")
                .containsEntry(PROPERTY + "service.instance.id", "kubesent-00001-abc");
    }

    @Test
    void outside_of_one_they_name_the_service_alone() {
        assertThat(ResourceAttributes.properties("kubesent", Optional.empty()))
                .containsOnlyKeys(PROPERTY + "service.name");
    }
}
