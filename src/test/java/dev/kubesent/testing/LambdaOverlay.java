package dev.kubesent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.TimeUnit;

/** What knative/overlays/lambda grants, and holds to, a function outside of the cluster, under other names: those of the base are the other tests'. */
public final class LambdaOverlay {

    private LambdaOverlay() {}

    public static void install(ApiServer server) throws Exception {
        var built = Kubectl.required(server).run("kustomize", "knative/overlays/lambda");
        for (var document : built.output().split("(?m)^---$")) {
            HasMetadata object = KubernetesJson.parse(document, GenericKubernetesResource.class);
            if (object.getKind().endsWith("RoleBinding")) {
                object.getMetadata().setName(object.getMetadata().getName() + "-lambda");
                server.admin().resource(object).create();
            }
            if (object.getKind().startsWith("ValidatingAdmissionPolicy")) {
                hold(server.admin(), KubernetesJson.parse(document, JsonNode.class));
            }
        }
        untilItMayWriteIncidents(server);
    }

    /** By the overlay's policies under other names; who writes incidents is said once, for both. */
    private static void hold(KubernetesClient admin, JsonNode policy) {
        var name = policy.at("/metadata/name").asText();
        if (!name.equals("kubesent-incidents")) {
            ((ObjectNode) policy.path("metadata")).put("name", name + "-lambda");
            if (policy.at("/spec").has("policyName")) {
                ((ObjectNode) policy.path("spec"))
                        .put("policyName", policy.at("/spec/policyName").asText() + "-lambda");
            }
            HasMetadata held = KubernetesJson.as(policy, GenericKubernetesResource.class);
            admin.resource(held).create();
        } else if (policy.path("kind").asText().equals("ValidatingAdmissionPolicy")) {
            var who = policy.at("/spec/variables/0/expression").asText();
            admin.admissionRegistration()
                    .v1()
                    .validatingAdmissionPolicies()
                    .withName(name)
                    .edit(live -> live.edit()
                            .editSpec()
                            .editFirstVariable()
                            .withExpression(
                                    live.getSpec().getVariables().getFirst().getExpression() + " || " + who)
                            .endVariable()
                            .endSpec()
                            .build());
        }
    }

    /** A changed policy is in force a moment later. */
    private static void untilItMayWriteIncidents(ApiServer server) {
        var lambda = new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername("lambda")
                .withImpersonateGroups("kubesent", "system:masters")
                .build();
        HasMetadata incident = KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: tried, namespace: default}
            spec: {ownerKind: Pod, ownerName: web, revision: a, container: app, failure: OOMKilled}
            """, GenericKubernetesResource.class);
        try (var client = KubernetesConnection.open(lambda)) {
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (true) {
                try {
                    var _ = client.resource(incident).dryRun().create();
                    return;
                } catch (KubernetesClientException e) {
                    assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
                }
            }
        }
    }
}
