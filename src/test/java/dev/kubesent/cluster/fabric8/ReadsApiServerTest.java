package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real API server picks out, so that we need not. */
class ReadsApiServerTest {

    private static final String NAMESPACE = "reads";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.required();
        server.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void only_what_bears_all_of_the_labels_is_listed_over_all_pages() {
        for (int i = 0; i < 3; i++) {
            create("a-" + i, Map.of("app", "web", "track", "canary"));
        }
        create("b", Map.of("app", "web"));

        var listed = new KubernetesReads(server.admin())
                .list(ConfigMap.class, NAMESPACE, Map.of("app", "web", "track", "canary"));

        assertThat(listed).extracting(map -> map.getMetadata().getName()).containsExactly("a-0", "a-1", "a-2");
    }

    @Test
    void what_pods_use_is_read_with_the_rights_of_the_function() {
        for (var pod : Map.of("web-1", "a", "web-2", "a", "db-1", "b").entrySet()) {
            HasMetadata sample = KubernetesJson.parse(
                    """
                    apiVersion: metrics.k8s.io/v1beta1
                    kind: PodMetrics
                    metadata:
                      name: %s
                      namespace: %s
                      labels: {pod-template-hash: %s}
                    timestamp: "2026-11-23T12:00:00Z"
                    window: 15s
                    containers:
                    - name: app
                      usage: {cpu: 1m, memory: 2048Ki}
                    """.formatted(pod.getKey(), NAMESPACE, pod.getValue()), GenericKubernetesResource.class);
            server.admin().resource(sample).create();
        }

        var metrics = new KubernetesReads(server.kubesent()).podMetrics(NAMESPACE, Map.of("pod-template-hash", "a"));

        assertThat(metrics).extracting(one -> one.getMetadata().getName()).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(metrics.getFirst().getContainers().getFirst().getUsage().get("memory"))
                .hasToString("2048Ki");
    }

    private static void create(String name, Map<String, String> labels) {
        server.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }
}
