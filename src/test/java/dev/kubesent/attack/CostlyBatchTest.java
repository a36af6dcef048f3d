package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.sender.EventRate;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding 3: what one POST may cost, in memory, in its answer, and in reads of the cluster. */
class CostlyBatchTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void a_million_nothings_are_refused_at_the_tenth() {
        var delivery = read("[" + "0,".repeat(1_000_000) + "0]");

        assertThat(problem(delivery).kind()).isEqualTo(Problem.Kind.NOT_A_CLOUD_EVENT);
        assertThat(problem(delivery).detail())
                .startsWith("of the first 10 elements of the batch 10 are no CloudEvents");
    }

    @Test
    void a_batch_of_more_than_a_thousand_is_refused_and_one_of_a_thousand_is_read() {
        assertThat(problem(read(references(1001, "shop"))).kind()).isEqualTo(Problem.Kind.TOO_MANY_IN_A_BATCH);
        assertThat(read(references(1000, "shop"))).isInstanceOf(Delivery.Batch.class);
    }

    @Test
    void an_event_of_ten_thousand_attributes_is_none() {
        var attributes = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"a" + i + "\":1")
                .collect(Collectors.joining(",", "[{", "}]"));

        var batch = (Delivery.Batch) read(attributes);

        assertThat(((Delivery.Unreadable) batch.elements().getFirst()).problem().detail())
                .contains("more than 100 attributes");
    }

    @Test
    void a_thousand_forged_references_are_six_hundred_reads_at_most_and_a_short_answer() {
        var reply = endpoint().answer(request(references(1000, "shop")));

        assertThat(reads).hasValueLessThan(600);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsKey("retry-after");
        assertThat(reply.text()).contains("800 of 1000 events were not handled");
        assertThat(reply.body()).hasSizeLessThan(16 * 1024);
    }

    @Test
    void references_to_made_up_namespaces_share_the_same_budget() {
        var endpoint = endpoint();
        var admitted = IntStream.range(0, 1500)
                .filter(i ->
                        endpoint.answer(request(references(1, "made-up-" + i))).status() == 204)
                .count();

        assertThat(admitted).isEqualTo(200);
        clock.forward(Duration.ofSeconds(1));
        assertThat(endpoint.answer(request(references(1, "late"))).status()).isEqualTo(204);
    }

    @Test
    void made_up_names_do_not_keep_out_the_pods_that_were_heard_of() {
        var rate = new EventRate(_ -> false, clock);
        assertThat(rate.whyNot(new Name("shop"), new Name("web-0"))).isEmpty();
        for (int i = 0; i < 5000; i++) {
            rate.whyNot(new Name("flood-" + i), new Name("pod"));
        }

        assertThat(rate.whyNot(new Name("shop"), new Name("web-0"))).isEmpty();
        assertThat(rate.whyNot(new Name("shop"), new Name("web-1"))).isPresent();
    }

    @Test
    void no_answer_is_longer_than_64_kib() {
        for (var status : new int[] {200, 400, 503}) {
            var reply = new Reply(status, Map.of("ce-id", "1"), new byte[Reply.LONGEST + 1]);

            assertThat(reply.body()).hasSizeLessThan(1000);
            assertThat(reply.status()).isEqualTo(status == 200 ? 202 : status);
        }
        assertThat(new Problem(Problem.Kind.MALFORMED_JSON, "x".repeat(1 << 20)).detail())
                .hasSizeLessThan(600);
    }

    private EventEndpoint endpoint() {
        var cluster = new InMemoryCluster(clock);
        cluster.load(new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("kubesent.dev/heal", "enabled")
                .endMetadata()
                .build());
        var reader = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    reads.incrementAndGet();
                    try {
                        return method.invoke(cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        var pipeline =
                ScenarioRun.pipeline(new Ports(reader, cluster.dryRun(), cluster, cluster, _ -> {}), clock, "one");
        return new EventEndpoint(
                pipeline,
                new Resumption(pipeline, MovingClock.ticks(clock), ScenarioRun::atOnceOrNever),
                new EventRate(_ -> false, clock),
                1 << 21,
                new TellBack.Nothing());
    }

    private static String references(int count, String namespace) {
        return IntStream.range(0, count)
                .mapToObj(i -> """
                    {"specversion":"1.0","id":"1","source":"s","type":"dev.knative.apiserver.ref.update","kind":"Pod",\
                    "namespace":"%s","name":"forged-%d","data":{}}\
                    """.formatted(namespace, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Problem problem(Delivery delivery) {
        return ((Delivery.Unreadable) ((Delivery.Single) delivery).element()).problem();
    }

    private static Delivery read(String batch) {
        return CloudEventReader.read(request(batch));
    }

    private static Request request(String batch) {
        return new Request(
                Map.of("content-type", "application/cloudevents-batch+json"), batch.getBytes(StandardCharsets.UTF_8));
    }
}
