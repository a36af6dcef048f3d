package dev.kubesent.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What widens or narrows the gate by a setting or an annotation reaches the API server, too. */
@OnTheApiServer
class BoundsApiServerTest {

    private static final String NAMESPACE = "bounds";
    private static final String MEMORY = "resources/limits/memory";
    private static final List<String> POLICIES = List.of("kubesent-workloads", "kubesent-pods");
    private static final long SECONDS = 20;

    private final ApiServer server = ApiServer.required();

    @BeforeEach
    void aWorkload() {
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
        set("'memory,rollback'", "'8Gi'");
        becomes(true, MEMORY, "356Mi");
        becomes(false, "image", "registry.lab/shop:1.3");
    }

    @Test
    void a_lower_maximum_lowers_it_there() {
        becomes(true, MEMORY, "356Mi");
        set("'memory'", "'300Mi'");
        becomes(false, MEMORY, "356Mi");
        becomes(true, MEMORY, "300Mi");
    }

    @Test
    void what_is_allowed_more_is_allowed_there() {
        becomes(false, "image", "registry.lab/shop:1.3");
        set("'memory, image'", "'8Gi'");
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

    /** The API server never read a ConfigMap of bounds again, once all policies that named it were deleted and made anew. */
    @Test
    void policies_that_were_taken_away_and_made_anew_have_the_bounds_that_they_say() {
        for (var name : POLICIES) {
            var policy = Objects.requireNonNull(policies().withName(name).get());
            policies().withName(name).delete();
            policy.getMetadata().setResourceVersion(null);
            policy.getMetadata().setUid(null);
            policies().resource(policy).create();
        }
        set("'none'", "'300Mi'");
        becomes(false, MEMORY, "280Mi");
        set("'memory'", "'300Mi'");
        becomes(true, MEMORY, "280Mi");
        becomes(false, MEMORY, "356Mi");
    }

    @Test
    void no_bound_depends_on_an_object_that_may_be_gone_and_nobody_else_is_held() throws IOException {
        server.admin()
                .configMaps()
                .inNamespace("kubesent")
                .withName("kubesent-bounds")
                .delete();
        try {
            becomes(false, MEMORY, "9Gi");
            becomes(false, "image", "registry.lab/shop:1.3");
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
        } finally {
            HasMetadata bounds = KubernetesJson.parse(
                    Files.readString(Path.of("knative/base/250-bounds.yaml")), GenericKubernetesResource.class);
            server.admin().resource(bounds).create();
        }
    }

    private NonNamespaceOperation<
                    ValidatingAdmissionPolicy, ValidatingAdmissionPolicyList, Resource<ValidatingAdmissionPolicy>>
            policies() {
        return server.admin().admissionRegistration().v1().validatingAdmissionPolicies();
    }

    /** As the kustomization of knative/base and the chart do. */
    private void set(String allowed, String maximum) {
        for (var name : POLICIES) {
            policies().withName(name).edit(policy -> {
                policy.getSpec().getVariables().forEach(variable -> {
                    switch (variable.getName()) {
                        case Bounds.ALLOWED_HERE -> variable.setExpression(allowed);
                        case Bounds.MAXIMUM -> variable.setExpression(maximum);
                        default -> {}
                    }
                });
                return policy;
            });
        }
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
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON)
                                    .withFieldManager("kubesent")
                                    .build(),
                            "[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/%s\",\"value\":\"%s\"}]"
                                    .formatted(field, value));
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getMessage()).contains("ValidatingAdmissionPolicy 'kubesent-workloads'");
            return false;
        }
    }
}
