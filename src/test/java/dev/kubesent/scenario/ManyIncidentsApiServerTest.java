package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.incident.IncidentFields;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.Copies;
import dev.kubesent.testing.CountingClient;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one more failure costs where there are thousands of incidents already: as much as where there are none. */
@OnTheApiServer
class ManyIncidentsApiServerTest {

    private static final int MANY = 5_000;

    private static final String ABOUT_INCIDENTS = "/incidents";

    private static final Scenario SCENARIO =
            Scenario.named("storm-two-of-twelve-is-none").suffixed("many");

    private static final MovingClock CLOCK = new MovingClock(SCENARIO.time());
    private static ApiServer server;
    private static TestCluster.Loaded loaded;

    @BeforeAll
    static void load() throws InterruptedException {
        server = ApiServer.required();
        loaded = new ApiServerTestCluster().load(SCENARIO, CLOCK);
        var ago = CLOCK.instant().minus(Duration.ofHours(3));
        try (var threads = Executors.newFixedThreadPool(16)) {
            var _ = threads.invokeAll(IntStream.range(0, MANY)
                    .mapToObj(number -> Executors.callable(() -> write(number, ago)))
                    .toList());
        }
    }

    @AfterAll
    static void leave() {
        if (loaded == null) {
            return; // there is no API server
        }
        loaded.stage().leave();
        var incidents = server.admin().resources(Incident.class).inNamespace(SCENARIO.namespace());
        for (int tries = 0; tries < 60; tries++) {
            try {
                var _ = incidents.delete();
                return;
            } catch (KubernetesClientException e) {
                // so many take longer than one request may; the next goes on with those that are left
            }
        }
    }

    @Test
    void one_more_failure_costs_ten_small_reads_of_incidents() {
        try (var counting = new CountingClient(server.kubesent().getConfiguration())) {
            var ports = ApiServerTestCluster.through(counting.client(), SCENARIO, loaded);

            var pipeline = ScenarioRun.pipeline(ports, CLOCK, "test");
            // The round after it is no cost of a failure: three reads a minute.
            var endpoint = new EventEndpoint(
                    pipeline,
                    new Resumption(pipeline, MovingClock.ticks(CLOCK), (_, _) -> {}),
                    1 << 21,
                    new TellBack.Nothing());

            var reply = endpoint.answer(loaded.event());

            assertThat(reply.status()).isEqualTo(202);
            assertThat(healed()).isOne();
            assertThat(counting.reads(ABOUT_INCIDENTS))
                    .as(() -> "reads, %d bytes in all".formatted(counting.bytes(ABOUT_INCIDENTS)))
                    .hasSizeBetween(4, 10);
            assertThat(counting.bytes(ABOUT_INCIDENTS)).isLessThanOrEqualTo(100_000);
            assertThat(counting.reads(""))
                    .as(() -> "reads of a change, %d bytes in all".formatted(counting.bytes("")))
                    .hasSizeBetween(10, 45);
        }
    }

    @Test
    void one_more_failure_that_nobody_mends_costs_ten_small_reads_of_anything() {
        try (var counting = new CountingClient(server.kubesent().getConfiguration())) {
            var pipeline = ScenarioRun.telling(ApiServerTestCluster.inProduction(counting.client(), loaded), CLOCK);
            var endpoint = new EventEndpoint(
                    pipeline,
                    new Resumption(pipeline, MovingClock.ticks(CLOCK), (_, _) -> {}),
                    1 << 21,
                    new TellBack.Nothing());
            var crash = Scenario.named("crash-of-a-first-release");
            var event = Copies.add(crash, SCENARIO.namespace(), loaded, 1);

            var reply = endpoint.answer(event);

            assertThat(reply.status()).isEqualTo(202);
            assertThat(counting.reads(""))
                    .as(() -> "reads, %d bytes in all".formatted(counting.bytes("")))
                    .hasSizeBetween(6, 10);
            assertThat(counting.bytes("")).isBetween(5_000L, 100_000L);
            assertThat(counting.writes()).hasSizeBetween(3, 4);
        }
    }

    @Test
    void a_field_that_the_crd_in_the_cluster_does_not_know_is_picked_by_hand_page_by_page() {
        var reads = new KubernetesReads(server.kubesent());
        var older = FieldSelector.where("spec.revision", "r").and("spec.ownerName", "many-4999");

        assertThat(reads.first(Incident.class, SCENARIO.namespace(), older, 2))
                .extracting(incident -> incident.getMetadata().getName())
                .containsExactly("many-4999");
        assertThat(reads.page(Incident.class, SCENARIO.namespace(), older, 1, "")
                        .unpicked())
                .isTrue();
        assertThat(reads.page(Incident.class, SCENARIO.namespace(), IncidentFields.every(), 1, "")
                        .unpicked())
                .isFalse();
    }

    @Test
    void what_is_picked_comes_in_pages_and_unset_fields_count_as_empty() {
        var reads = new KubernetesReads(server.kubesent());
        var refused = FieldSelector.where("status.phase", Phase.Refused.name()).andNot("spec.ownerName", "many-0");

        var page = reads.page(Incident.class, SCENARIO.namespace(), refused, 30, "");
        var next = reads.page(Incident.class, SCENARIO.namespace(), refused, 30, page.next());

        assertThat(page.items()).hasSize(30).noneMatch(next.items()::contains);
        assertThat(next.items()).hasSize(30);
        assertThat(reads.first(
                        Incident.class, SCENARIO.namespace(), FieldSelector.ALL.andNot("status.waitsFor", ""), 5))
                .isEmpty();
        assertThat(reads.first(Incident.class, SCENARIO.namespace(), FieldSelector.where("status.waitsFor", ""), 5))
                .hasSize(5);
    }

    private static long healed() {
        return loaded.inspector()
                .first(
                        Incident.class,
                        SCENARIO.namespace(),
                        FieldSelector.where("status.phase", Phase.Verifying.name()),
                        10)
                .size();
    }

    /** Half of them refused, half of them healed by a change. */
    private static void write(int number, Instant ago) {
        KubernetesClient kubesent = server.boundByPolicyOnly();
        var isHealed = number % 2 == 0;
        var incident = KubernetesJson.parse(
                """
                apiVersion: kubesent.dev/v1alpha1
                kind: Incident
                metadata: {name: many-%1$d, namespace: %2$s}
                spec: {ownerKind: ReplicaSet, ownerName: many-%1$d, revision: r, container: app, failure: OOMKilled}
                status:
                  phase: %3$s
                  workload: Deployment/many-%1$d
                  seen: {first: '%4$s', last: '%4$s', times: 1, pod: many-%1$d, restarts: 3}
                  acts: [%5$s]
                  story: ['%4$s saw OOMKilled in container app of pod many-%1$d, restarts: 3']
                """.formatted(
                        number,
                        SCENARIO.namespace(),
                        isHealed ? Phase.Healed : Phase.Refused,
                        ago,
                        isHealed ? "{deed: RAISE, from: 32Mi, to: 132Mi, at: '%s', made: '{}'}".formatted(ago) : ""),
                Incident.class);
        var status = incident.getStatus();
        var created = kubesent.resource(incident).create();
        created.setStatus(status);
        var _ = kubesent.resource(created).updateStatus();
    }
}
