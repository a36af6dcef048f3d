package dev.kubesent.attack;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;

/**
 * Finding 4 on a real API server: as a tenant who may create, read, patch and delete pods, and create ReplicaSets, and nothing else; KubeSent as its
 * own account.
 */
@OnTheApiServer
class ForgedOwnerApiServerTest extends ForgedOwnerTest {

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }

    @Override
    void create(String manifest) {
        var server = ApiServer.required();
        grant(server);
        try (var tenant =
                KubernetesConnection.open(new ConfigBuilder(server.admin().getConfiguration())
                        .withImpersonateUsername("tenant")
                        .withImpersonateGroups("system:authenticated")
                        .build())) {
            var _ = tenant.resource((HasMetadata) KubernetesJson.parse(manifest, GenericKubernetesResource.class))
                    .create();
        }
    }

    private void grant(ApiServer server) {
        var role = new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace())
                .withName("tenant")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("pods")
                .withVerbs("create", "get", "list", "patch", "delete")
                .endRule()
                .addNewRule()
                .withApiGroups("apps")
                .withResources("replicasets")
                .withVerbs("create")
                .endRule()
                .build();
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace())
                .withName("tenant")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "tenant")
                .addNewSubject("rbac.authorization.k8s.io", "User", "tenant", null)
                .build();
        server.admin().resource(role).serverSideApply();
        server.admin().resource(binding).serverSideApply();
    }
}
