package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.fabric8.LeaseElection;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The node of a leader that died ran an hour ahead. As client-go does, it is counted from when the record was seen to change last. By night: ObservedTest
 * shows the counting in memory.
 */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class LeaseOfTheFutureApiServerTest {

    @Test
    void a_dead_leader_whose_clock_ran_ahead_is_succeeded_or_it_is_told() throws Exception {
        var ahead = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        var admin = ApiServer.required().admin();
        try (var rights = ApiServer.required().allowToWatch()) {
            admin.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withNamespace("kubesent")
                            .withName(LeaseElection.NAME)
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity("dead")
                            .withLeaseDurationSeconds(
                                    (int) Duration.ofSeconds(15).toSeconds())
                            .withAcquireTime(ahead)
                            .withRenewTime(ahead)
                            .withLeaseTransitions(1)
                            .endSpec()
                            .build())
                    .create();
            var told = new LinkedBlockingQueue<String>();
            try (var election = new LeaseElection(ApiServer.required().kubesent(), "kubesent", "next")) {
                election.begin(() -> told.add("elected"), () -> {});
                var elected = told.poll(40, TimeUnit.SECONDS);
                System.out.println(
                        "elected=" + elected + " leader=" + election.leader() + " trouble=" + election.trouble());
                assertThat("elected".equals(elected) || election.trouble().isPresent())
                        .isTrue();
            } finally {
                admin.leases()
                        .inNamespace("kubesent")
                        .withName(LeaseElection.NAME)
                        .delete();
            }
        }
    }
}
