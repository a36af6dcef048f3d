package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.Answers;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real receiver at K_SINK. */
class SinkTest {

    private static final Duration[] PAUSES = {Duration.ofMillis(20), Duration.ofMillis(20)};

    private static final Origin LAB =
            Origin.named("lab", Clock.fixed(Instant.parse("2026-08-01T10:00:00Z"), ZoneOffset.UTC));

    private final List<Map<String, String>> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Answer answer = _ -> 202;

    private interface Answer {
        int to(int nth) throws InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void every_change_of_phase_is_told_in_order_as_a_binary_cloud_event() throws Exception {
        run("oom-deployment", sink(""));

        assertThat(types()).containsExactly("opened", "diagnosed", "healing", "verifying");
        var last = received.getLast();
        assertThat(last)
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-source", "/kubesent/clusters/lab")
                .containsEntry("ce-time", "2026-08-01T10:00:00Z")
                .containsEntry("ce-subject", "oom-deployment/Deployment/web-oom")
                .containsEntry("content-type", "application/json");
        assertThat(received.stream().map(headers -> headers.get("ce-id")).distinct())
                .hasSize(received.size());
        assertThat(new ObjectMapper()
                        .readTree(bodies.getLast())
                        .at("/status/phase")
                        .asText())
                .isEqualTo("Verifying");
        assertThat(bodies).noneMatch(body -> body.contains("\"record\""));
    }

    @Test
    void its_time_is_that_of_the_change_of_phase_and_not_of_its_sending() throws Exception {
        var clock = new MovingClock(Instant.parse("2026-08-01T10:00:00Z"));
        var begun = new CountDownLatch(1);
        answer = _ -> {
            begun.await();
            return 202;
        };
        var sink = Sink.at(address(), Origin.named("lab", clock), "", PAUSES, Duration.ofSeconds(10));
        var first = clock.instant();
        sink.moved(incident("Opened"));
        clock.forward(Duration.ofMinutes(2));
        sink.moved(incident("Diagnosed"));
        clock.forward(Duration.ofMinutes(3));
        begun.countDown();
        sink.close();

        assertThat(received.stream().map(headers -> Instant.parse(headers.getOrDefault("ce-time", ""))))
                .containsExactly(first, first.plus(Duration.ofMinutes(2)));
    }

    private static Incident incident(String phase) {
        return KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {namespace: demo, name: web, uid: a, resourceVersion: "1"}
            spec: {ownerKind: ReplicaSet, ownerName: web-1, revision: "1", container: app, failure: OOMKilled}
            status: {phase: %s}
            """.formatted(phase), Incident.class);
    }

    @Test
    void what_has_no_fix_is_told_too() throws Exception {
        run("crash-with-a-telling-line", sink(""));

        assertThat(types()).containsExactly("opened", "diagnosed", "noautomaticfix");
    }

    @Test
    void what_the_binding_overrides_is_on_every_event() throws Exception {
        run("crash-with-a-telling-line", sink("{\"extensions\":{\"Cluster\":\"lab 1 in München\"}}"));

        assertThat(received)
                .allSatisfy(headers -> assertThat(headers).containsEntry("ce-cluster", "lab%201%20in%20M%C3%BCnchen"));
    }

    @Test
    void a_sink_that_is_busy_is_asked_again_and_one_that_refuses_is_not() throws Exception {
        answer = nth -> nth == 1 ? 503 : nth == 3 ? 400 : 202;

        run("crash-with-a-telling-line", sink(""));

        assertThat(types()).containsExactly("opened", "opened", "diagnosed", "noautomaticfix");
    }

    @Test
    void a_sink_that_hangs_does_not_hold_up_the_healing() throws Exception {
        answer = _ -> {
            Answers.hang();
            return 202;
        };
        var begun = System.nanoTime();
        var sink = Sink.at(address(), LAB, "", PAUSES, Duration.ofMillis(50));

        run("oom-deployment", sink);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_defect_of_one_who_is_told_does_not_stop_the_healing() throws Exception {
        var scenario = Scenario.named("oom-deployment");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var moved = new ArrayList<String>();
        var reporters = new Reporters(List.of(new Defective(), new Recording(moved)));
        var pipeline = new Pipeline(
                loaded.ports(), ScenarioRun.defaultPolicies(), reporters, Work.beforeTheAnswer(), clock, "test");

        assertThat(ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status())
                .isEqualTo(202);

        assertThat(moved).containsExactly("Opened", "Diagnosed", "Acting", "Verifying");
    }

    private static final class Defective implements Reporter {

        @Override
        public void tell(Finished finished) {
            throw new IllegalStateException("injected");
        }

        @Override
        public void moved(Incident incident) {
            throw new IllegalStateException("injected");
        }
    }

    private record Recording(List<String> phases) implements Reporter {

        @Override
        public void tell(Finished finished) {
            // Only the phases are looked at.
        }

        @Override
        public void moved(Incident incident) {
            phases.add(incident.progress().phase().name());
        }
    }

    @Test
    void without_a_sink_nobody_is_told() throws Exception {
        run("oom-deployment", Sink.at("", LAB, "", PAUSES, Duration.ofSeconds(5)));

        assertThat(received).isEmpty();
    }

    private Sink sink(String overrides) {
        return Sink.at(address(), LAB, overrides, PAUSES, Duration.ofSeconds(10));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void run(String name, Sink sink) throws InterruptedException {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var pipeline = new Pipeline(
                loaded.ports(), ScenarioRun.defaultPolicies(), sink, Work.beforeTheAnswer(), clock, "test");
        assertThat(ScenarioRun.endpoint(pipeline, clock).answer(loaded.event()).status())
                .isEqualTo(202);
        sink.close();
    }

    private List<String> types() {
        return received.stream()
                .map(headers -> headers.getOrDefault("ce-type", "").replace("dev.kubesent.incident.", ""))
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        bodies.add(new String(exchange.getRequestBody().readAllBytes()));
        received.add(headers);
        try {
            exchange.sendResponseHeaders(answer.to(received.size()), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
