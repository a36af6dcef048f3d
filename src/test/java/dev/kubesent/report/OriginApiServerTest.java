package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** With the rights of knative/base, and no more. */
@OnTheApiServer
class OriginApiServerTest {

    private final ApiServer server = ApiServer.required();

    @Test
    void kubesents_account_may_read_which_cluster_it_is() {
        var uid = server.admin()
                .namespaces()
                .withName("kube-system")
                .get()
                .getMetadata()
                .getUid();

        var origin = Origin.ofCluster(new KubernetesReads(server.kubesent()), Clock.systemUTC());

        assertThat(uid).isNotBlank();
        assertThat(origin.source()).isEqualTo("/kubesent/clusters/" + uid);
    }
}
