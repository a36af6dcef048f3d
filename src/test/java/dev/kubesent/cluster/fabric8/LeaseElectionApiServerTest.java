package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** fabric8's elector on a real API server, with the rights of knative/overlays/plain: also where it would stop by itself. */
@OnTheApiServer
class LeaseElectionApiServerTest {

    private static AutoCloseable rights = () -> {};

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final LeaseElection first = election("first");
    private final LeaseElection second = election("second");

    @BeforeAll
    static void allow() throws Exception {
        rights = ApiServer.required().allowToWatch();
    }

    @AfterAll
    static void forbid() throws Exception {
        rights.close();
    }

    @AfterEach
    void leave() {
        first.close();
        second.close();
        lease().delete();
    }

    /** By night, as the next: they wait for real leases, a minute; what follows from who leads is tried in memory. */
    @Test
    @EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
    void one_leads_and_when_it_stops_the_other_does_and_it_can_stand_again() throws InterruptedException {
        begin(first, "first");
        assertThat(next()).isEqualTo("first elected");
        begin(second, "second");

        first.close();
        assertThat(next()).isEqualTo("first lost");
        assertThat(next()).isEqualTo("second elected");
        assertThat(second.leader()).isEqualTo("second");

        begin(first, "first");
        second.close();
        assertThat(next()).isEqualTo("second lost");
        assertThat(next()).isEqualTo("first elected");
        assertThat(told).isEmpty();
    }

    /** A person, a restored backup, a clock that is wrong: the one who led has to notice, and to stand again. */
    @Test
    @EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
    void a_lease_that_somebody_took_away_is_lost_and_stood_for_again() throws InterruptedException {
        begin(first, "first");
        assertThat(next()).isEqualTo("first elected");

        lease().patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"holderIdentity\":\"somebody\",\"leaseDurationSeconds\":4}}");

        assertThat(next()).isEqualTo("first lost");
        assertThat(next()).isEqualTo("first elected");
    }

    /** fabric8's own lock fails at it, and its elector would wait for ever, without a word. */
    @Test
    void a_lease_without_times_is_one_that_nobody_holds() throws InterruptedException {
        ApiServer.required()
                .admin()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("kubesent")
                        .withName(LeaseElection.NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("somebody")
                        .endSpec()
                        .build())
                .create();

        begin(first, "first");

        assertThat(next()).isEqualTo("first elected");
    }

    @Test
    void without_the_right_it_says_which_role_to_bind() {
        var config = new ConfigBuilder(ApiServer.required().admin().getConfiguration())
                .withImpersonateUsername("system:serviceaccount:kubesent:nobody")
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build();
        try (var client = KubernetesConnection.open(config);
                var election = new LeaseElection(client, "kubesent", "nobody")) {
            begin(election, "nobody");
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            while (election.trouble().isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }

            assertThat(election.trouble().orElseThrow()).contains("knative/overlays/plain/watch.yaml");
        }
        assertThat(told).isEmpty();
    }

    private static LeaseElection election(String holder) {
        return new LeaseElection(ApiServer.required().kubesent(), "kubesent", holder);
    }

    private void begin(LeaseElection election, String name) {
        election.begin(() -> told.add(name + " elected"), () -> told.add(name + " lost"));
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(40, TimeUnit.SECONDS));
    }

    private static Resource<Lease> lease() {
        return ApiServer.required().admin().leases().inNamespace("kubesent").withName(LeaseElection.NAME);
    }
}
