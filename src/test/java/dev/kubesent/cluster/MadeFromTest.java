package dev.kubesent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.junit.jupiter.api.Test;

class MadeFromTest {

    /** Nobody checks the template in a ControllerRevision. */
    @Test
    void a_template_whose_container_has_no_name_made_no_pod() {
        var pod = KubernetesJson.parse("containers: [{name: app, image: 'r/app:1'}]", PodSpec.class);
        var template = KubernetesJson.parse("spec: {containers: [{image: 'r/app:1'}]}", JsonNode.class);

        assertThat(MadeFrom.isMadeFrom(pod, template)).isFalse();
    }
}
