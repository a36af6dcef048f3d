package dev.kubesent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateDeserializersTest {

    private static final KubernetesSerialization AT_ONCE = new KubernetesSerialization(new ObjectMapper(), true);

    private static final KubernetesSerialization LATE = new KubernetesSerialization(
            new ObjectMapper().registerModule(new SimpleModule().setDeserializerModifier(new LateDeserializers())),
            true);

    @Test
    void what_is_learnt_late_is_read_the_same() throws IOException {
        var pods = pods();

        assertThat(pods).hasSizeGreaterThan(150);
        for (var pod : pods) {
            var late = LATE.unmarshal(pod, Pod.class);
            assertThat(late).isEqualTo(AT_ONCE.unmarshal(pod, Pod.class));
            assertThat(LATE.asJson(late)).isEqualTo(AT_ONCE.asJson(AT_ONCE.unmarshal(pod, Pod.class)));
        }
    }

    @Test
    void null_nothing_and_what_nobody_knows_are_read_the_same() {
        for (var spec : List.of(
                "{\"securityContext\":null}",
                "{\"securityContext\":{}}",
                "{\"affinity\":{\"nodeAffinity\":null,\"tomorrow\":[1]}}",
                "{\"volumes\":[{\"name\":\"a\",\"emptyDir\":{\"sizeLimit\":\"1Gi\"}},{\"name\":\"b\",\"hostPath\":null}]}",
                "{\"containers\":[{\"name\":\"a\",\"livenessProbe\":{\"httpGet\":{\"port\":\"http\"}}}]}",
                "{\"containers\":[{\"name\":\"a\",\"livenessProbe\":{\"httpGet\":{\"port\":8080}}}]}")) {
            var pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":" + spec + "}";
            assertThat(LATE.unmarshal(pod, Pod.class)).as(spec).isEqualTo(AT_ONCE.unmarshal(pod, Pod.class));
        }
    }

    @Test
    void what_is_no_such_object_is_refused_by_its_path() {
        var pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"securityContext\":\"none\"}}";

        for (var reader : List.of(LATE, AT_ONCE)) {
            assertThatThrownBy(() -> reader.unmarshal(pod, Pod.class))
                    .rootCause()
                    .hasMessageContaining(
                            "Pod[\"spec\"]->io.fabric8.kubernetes.api.model.PodSpec[\"securityContext\"]");
        }
    }

    private static List<String> pods() throws IOException {
        var pods = new ArrayList<String>();
        for (var scenario : Scenario.all().toList()) {
            var event = scenario.folder().resolve("event.http");
            if (Files.exists(event)) {
                var body = Files.readString(event).split("\n\n", 2);
                if (body.length == 2 && body[1].contains("\"kind\":\"Pod\"") && isPod(body[1])) {
                    pods.add(body[1]);
                }
            }
        }
        return pods;
    }

    private static boolean isPod(String body) {
        try {
            return "Pod".equals(new ObjectMapper().readTree(body).path("kind").asText());
        } catch (IOException e) {
            return false; // some scenarios are of what is no JSON
        }
    }
}
