package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.sender.EventRate;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding 3 on a real API server, as KubeSent's own account: how many requests one POST becomes. */
@OnTheApiServer
class CostlyBatchApiServerTest {

    /** 200 events are handled of those that come at once, each with its pod, its namespace, and what was cut short. */
    private static final int MOST = 600;

    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Test
    void a_thousand_forged_references_become_six_hundred_requests_at_most() {
        var scenario = Scenario.named("oom-deployment").suffixed("batch");
        new ApiServerTestCluster().load(scenario, Clock.systemUTC());
        try (var client = new KubernetesClientBuilder()
                .withConfig(ApiServer.required().kubesent().getConfiguration())
                .withKubernetesSerialization(KubernetesJson.serialization())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("sent", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest http, RequestTags tags) {
                        sent.add(http.method() + " " + http.uri());
                    }
                }))
                .build()) {
            var writes = new KubernetesWrites(client);
            var ports = new Ports(new KubernetesReads(client), writes.dryRun(), writes, writes, _ -> {});

            var reply = endpoint(ports).answer(batch(1_000, scenario.namespace()));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.text()).contains("800 of 1000 events were not handled");
            assertThat(sent).hasSizeBetween(200, MOST - 1).allMatch(request -> request.startsWith("GET "));
        }
    }

    private static EventEndpoint endpoint(Ports ports) {
        // It stands still, so that no more are let in meanwhile.
        var clock = Clock.fixed(Clock.systemUTC().instant(), Clock.systemUTC().getZone());
        var pipeline = ScenarioRun.pipeline(ports, clock, "batch");
        return new EventEndpoint(
                pipeline,
                new Resumption(pipeline, MovingClock.ticks(clock), (_, _) -> {}),
                new EventRate(_ -> false, clock),
                1 << 21,
                new TellBack.Nothing());
    }

    private static Request batch(int count, String namespace) {
        var events = IntStream.range(0, count)
                .mapToObj(i -> """
                    {"specversion":"1.0","id":"1","source":"s","type":"dev.knative.apiserver.ref.update","kind":"Pod",\
                    "namespace":"%s","name":"forged-%d","data":{}}\
                    """.formatted(namespace, i))
                .collect(Collectors.joining(",", "[", "]"));
        return new Request(
                Map.of("content-type", "application/cloudevents-batch+json"), events.getBytes(StandardCharsets.UTF_8));
    }
}
