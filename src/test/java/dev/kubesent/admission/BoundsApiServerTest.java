package dev.kubesent.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What widens or narrows the gate by a setting or an annotation reaches the API server, too. */
class BoundsApiServerTest {

    private static final String NAMESPACE = "bounds";
    private static final String MEMORY = "resources/limits/memory";
    private static final long SECONDS = 20;

    private final ApiServer server = ApiServer.required();
    private ConfigMap shipped;

    @BeforeEach
    void aWorkload() {
        shipped = bounds();
        for (var text : """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bounds, labels: {kubesent.dev/heal: enabled}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: bounds}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - {name: app, image: "registry.lab/shop:1.4", resources: {limits: {memory: 256Mi}}}
            """.split("---\n")) {
            HasMetadata object = KubernetesJson.parse(text, GenericKubernetesResource.class);
            server.admin().resource(object).serverSideApply();
        }
        server.admin()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("web")
                .editStatus(web -> web.edit()
                        .editOrNewStatus()
                        .withReplicas(1)
                        .withUpdatedReplicas(1)
                        .withReadyReplicas(1)
                        .endStatus()
                        .build());
    }

    @AfterEach
    void asShipped() {
        server.admin()
                .configMaps()
                .inNamespace("kubesent")
                .withName(Bounds.NAME)
                .delete();
        shipped.getMetadata().setResourceVersion(null);
        server.admin().resource(shipped).create();
        becomes(true, MEMORY, "356Mi");
        becomes(false, "image", "registry.lab/shop:1.3");
    }

    @Test
    void a_lower_maximum_lowers_it_there() {
        becomes(true, MEMORY, "356Mi");
        set(Map.of("KUBESENT_MAX_MEMORY", "300Mi", "KUBESENT_ALLOW", "memory"));
        becomes(false, MEMORY, "356Mi");
        becomes(true, MEMORY, "300Mi");
    }

    @Test
    void what_is_allowed_more_is_allowed_there() {
        becomes(false, "image", "registry.lab/shop:1.3");
        set(Map.of("KUBESENT_MAX_MEMORY", "8Gi", "KUBESENT_ALLOW", "memory, image"));
        becomes(true, "image", "registry.lab/shop:1.3");
        becomes(false, "image", "registry.lab/shop-admin:1.3");
    }

    @Test
    void the_annotation_of_the_namespace_stands_in_its_place() {
        annotate("memory,image");
        becomes(true, "image", "registry.lab/shop:1.3");
        annotate("image");
        becomes(false, MEMORY, "356Mi");
        annotate("");
        becomes(false, "image", "registry.lab/shop:1.3");
        server.admin()
                .namespaces()
                .withName(NAMESPACE)
                .edit(namespace -> namespace
                        .edit()
                        .editMetadata()
                        .withAnnotations(Map.of())
                        .endMetadata()
                        .build());
    }

    @Test
    void without_the_bounds_what_no_permission_names_is_refused_still_and_nobody_else_is_held() {
        becomes(false, "image", "registry.lab/shop:1.3");
        server.admin()
                .configMaps()
                .inNamespace("kubesent")
                .withName(Bounds.NAME)
                .delete();
        becomes(true, "image", "registry.lab/shop:1.3");
        becomes(false, "image", "evil.example/miner:1");
        becomes(false, "workingDir", "/tmp");
        assertThat(server.admin()
                        .apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("web")
                        .dryRun()
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":3}]"))
                .isNotNull();
    }

    private ConfigMap bounds() {
        return Objects.requireNonNull(server.admin()
                .configMaps()
                .inNamespace("kubesent")
                .withName(Bounds.NAME)
                .get());
    }

    private void set(Map<String, String> data) {
        server.admin()
                .resource(new ConfigMapBuilder(bounds()).withData(data).build())
                .update();
    }

    private void annotate(String allow) {
        server.admin()
                .namespaces()
                .withName(NAMESPACE)
                .edit(namespace -> namespace
                        .edit()
                        .editMetadata()
                        .addToAnnotations("kubesent.dev/allow", allow)
                        .endMetadata()
                        .build());
    }

    /** The API server hears of another ConfigMap a moment later. */
    private void becomes(boolean taken, String field, String value) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (isTaken(field, value) != taken) {
            assertThat(System.nanoTime())
                    .as(field + " " + value + " taken: " + !taken)
                    .isLessThan(deadline);
        }
    }

    private boolean isTaken(String field, String value) {
        try {
            var _ = server.boundByPolicyOnly()
                    .apps()
                    .deployments()
                    .inNamespace(NAMESPACE)
                    .withName("web")
                    .dryRun()
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            "[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/%s\",\"value\":\"%s\"}]"
                                    .formatted(field, value));
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getMessage()).contains("ValidatingAdmissionPolicy 'kubesent-workloads'");
            return false;
        }
    }
}
