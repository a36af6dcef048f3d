package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the process takes for granted, the API server takes for granted: the bounds of knative/base are the defaults of the settings. */
class BoundsFileTest {

    private static final List<Setting<?>> BOUNDS = List.of(GateSettings.ALLOW, GateSettings.MAX_MEMORY);

    @Test
    void the_bounds_are_the_defaults_and_all_of_them() throws IOException {
        var data = KubernetesJson.parse(Files.readString(Path.of("knative/base/250-bounds.yaml")), ConfigMap.class)
                .getData();
        assertThat(data)
                .containsOnlyKeys(
                        BOUNDS.stream().map(Setting::variable).toList().toArray(String[]::new));
        for (var setting : BOUNDS) {
            assertThat(data).containsEntry(setting.variable(), setting.defaultValue());
        }
    }

    @Test
    void the_process_takes_them_from_there() throws IOException {
        for (var file : List.of("knative/base/300-service.yaml", "knative/overlays/plain/deployment.yaml")) {
            for (var setting : BOUNDS) {
                assertThat(Files.readString(Path.of(file)))
                        .contains("configMapKeyRef: {name: kubesent-bounds, key: %s, optional: true}"
                                .formatted(setting.variable()));
            }
        }
    }

    @Test
    void the_policies_say_the_same_and_the_kustomization_keeps_it_so() throws IOException {
        var policies = Files.readString(Path.of("knative/base/260-admission.yaml"));
        var kustomization = Files.readString(Path.of("knative/base/kustomization.yaml"));
        for (var setting : BOUNDS) {
            assertThat(policies).contains("'%s'".formatted(setting.defaultValue()));
            assertThat(kustomization).contains("fieldPath: data." + setting.variable());
        }
        assertThat(policies).doesNotContain("paramKind");
    }
}
