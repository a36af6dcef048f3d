package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * On a real API server, as a person with no right but Kubernetes' own {@code view}: what a controller, which does not run here, makes it of.
 */
@OnTheApiServer
class ScanApiServerTest {

    private final ApiServer server = ApiServer.required();
    private final Scenario scenario =
            Scenario.named("rollback-command-not-found").suffixed("scan");
    private final MovingClock clock = new MovingClock(scenario.time());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void who_may_view_a_namespace_sees_what_fails_in_it() {
        var loaded = new ApiServerTestCluster().load(scenario, clock);
        var before = generation();
        try (var viewer = as("viewer")) {
            server.admin()
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withNamespace(scenario.namespace())
                            .withName("viewer")
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:aggregate-to-view")
                            .addNewSubject("rbac.authorization.k8s.io", "User", "viewer", "")
                            .build())
                    .create();

            assertThat(scan(viewer)).as(err.toString()).isZero();

            assertThat(out.toString())
                    .contains("Deployment/web, container app: CrashLoopBackOff")
                    .contains("COMMAND_NOT_FOUND")
                    .contains("1 failure.");
            assertThat(scan(viewer, "--dry-run")).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("tried    not tried, as you have no right to make this change: ")
                    .contains("cannot patch resource \"deployments\"");
            assertThat(scan(server.admin(), "--dry-run")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("tried    the API server would accept it from you (dry run)");
            assertThat(generation()).as("nothing was changed").isEqualTo(before);

            assertThat(scan(viewer, "-A")).as("all namespaces").isEqualTo(3);
            assertThat(err.toString()).contains("cannot list resource \"pods\"").contains("kubesent scan -n NAMESPACE");
        } finally {
            loaded.stage().leave();
        }
    }

    @Test
    void who_may_read_nothing_is_told_so() {
        try (var nobody = as("nobody")) {
            assertThat(scan(nobody, "-n", "default")).isEqualTo(3);
        }

        assertThat(err.toString()).contains("User \"nobody\" cannot list resource \"pods\"");
    }

    private String generation() {
        return server.admin()
                .apps()
                .deployments()
                .inNamespace(scenario.namespace())
                .withName("web")
                .get()
                .getMetadata()
                .getResourceVersion();
    }

    private KubernetesClient as(String user) {
        return KubernetesConnection.open(new ConfigBuilder(server.admin().getConfiguration())
                .withImpersonateUsername(user)
                .withImpersonateGroups("system:authenticated")
                .build());
    }

    private int scan(KubernetesClient client, String... arguments) {
        var reached = new ScanCommand.Reached(
                new KubernetesReads(client), new KubernetesWrites(client).dryRun(), scenario.namespace());
        return new CommandLine(new ScanCommand(() -> reached, clock, false))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
