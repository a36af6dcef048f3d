package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.Selection;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an answer that is read while it comes may do wrong. */
class StreamedAnswersTest {

    private static final String THREE = """
        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[
        {"metadata":{"name":"a"}},{"metadata":{"name":"b"}},{"metadata":{"name":"c"}}]}\
        """;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private KubernetesClient client;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        client = KubernetesConnection.open(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_whole_list_is_shown_in_its_order() {
        answering(exchange -> send(exchange, 200, THREE, THREE.length()));
        var names = new ArrayList<String>();

        assertThat(each(names)).isEqualTo(Extent.WHOLE);
        assertThat(names).containsExactly("a", "b", "c");
    }

    @Test
    void one_that_is_cut_is_no_answer_whatever_was_shown_of_it() {
        answering(exchange -> send(exchange, 200, THREE.substring(0, THREE.length() - 30), THREE.length()));

        assertThat(failure(() -> each(new ArrayList<>())).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void one_that_is_no_json_is_broken() {
        var page = "<html>a proxy's page</html>";
        answering(exchange -> send(exchange, 200, page, page.length()));

        assertThat(failure(() -> each(new ArrayList<>())).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_refusal_is_read_as_one_however_long_it_is() {
        var status = "{\"kind\":\"Status\",\"message\":\"pods is forbidden\",\"reason\":\"Forbidden\"}";
        answering(exchange -> send(exchange, 403, status, status.length()));

        assertThat(failure(() -> each(new ArrayList<>())))
                .hasMessage("pods is forbidden")
                .extracting(ClusterException::kind)
                .isEqualTo(Kind.FORBIDDEN);

        var page = "x".repeat(1 << 20);
        answering(exchange -> send(exchange, 502, page, page.length()));

        assertThat(failure(() -> each(new ArrayList<>())).kind()).isEqualTo(Kind.BROKEN);
    }

    /** Its room is given back each time: four are read at once. */
    @Test
    void what_went_wrong_or_was_enough_keeps_no_other_read() {
        answering(exchange -> send(exchange, 200, THREE.substring(0, 150), THREE.length()));
        for (int i = 0; i < 6; i++) {
            failure(() -> each(new ArrayList<>()));
        }
        answering(exchange -> send(exchange, 200, THREE, THREE.length()));
        for (int i = 0; i < 6; i++) {
            assertThat(new KubernetesReads(client).each(Pod.class, Selection.of("shop"), Bound.of(1), _ -> {}))
                    .isEqualTo(Extent.CUT);
        }

        assertThat(each(new ArrayList<>())).isEqualTo(Extent.WHOLE);
    }

    /** The kubelet cuts at the end, where the cause stands. */
    @Test
    void of_a_log_that_is_too_long_fewer_lines_are_asked_for() {
        answering(exchange -> {
            var lines = number("tailLines", exchange);
            var text = ("y".repeat(100_000) + "\n").repeat(lines - 1) + "the cause";
            var sent = text.substring(0, Math.min(text.length(), number("limitBytes", exchange)));
            send(exchange, 200, sent, sent.length());
        });

        var log =
                new KubernetesReads(client).log(new ContainerLog("shop", "web", "app", ContainerLog.Run.PREVIOUS, 50));

        assertThat(log).endsWith("the cause").hasSizeLessThan(1 << 20);
        assertThat(asked).hasSize(2).allMatch(query -> query.contains("limitBytes=1048576"));
    }

    /** A place is not held while another is waited for: all could be held by such as wait. */
    @Test
    void as_many_logs_that_are_too_long_as_are_read_at_once_come_all() throws Exception {
        var allAreRead = new CountDownLatch(4);
        answering(exchange -> {
            var isFirst = number("tailLines", exchange) == 50;
            if (isFirst) {
                allAreRead.countDown();
                await(allAreRead);
            }
            var sent = isFirst ? "y".repeat(1 << 20) : "the cause";
            send(exchange, 200, sent, sent.length());
        });
        var reads = new KubernetesReads(client);

        var logs = Stream.of("a", "b", "c", "d")
                .map(namespace -> threads.submit(
                        () -> reads.log(new ContainerLog(namespace, "web", "app", ContainerLog.Run.PREVIOUS, 50))))
                .toList();

        for (var log : logs) {
            assertThat(log.get()).isEqualTo("the cause");
        }
    }

    @Test
    void one_namespace_has_two_of_the_four_places() {
        answering(exchange -> send(exchange, 200, THREE, THREE.length()));
        var api = new ApiRequests(client, new ReadRoom(Duration.ZERO));
        var shop = ApiPath.of("v1", "shop", "pods");
        var first = api.stream(shop.with("limit", 1));

        try (var _ = api.stream(shop)) {
            assertThat(failure(() -> api.stream(shop.named("web").sub("log")).close())
                            .kind())
                    .isEqualTo(Kind.BUSY);
            try (var _ = api.stream(ApiPath.of("v1", "other", "pods"));
                    var _ = api.stream(ApiPath.ofAll("v1", "pods"))) {
                assertThat(failure(() -> api.stream(ApiPath.of("v1", "third", "pods"))
                                        .close())
                                .kind())
                        .isEqualTo(Kind.BUSY);
            }
            first.close();
            api.stream(shop).close();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int number(String name, HttpExchange exchange) {
        var found = Pattern.compile(name + "=(\\d+)")
                .matcher(exchange.getRequestURI().getQuery());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private Extent each(List<String> names) {
        return new KubernetesReads(client)
                .each(
                        Pod.class,
                        Selection.of("shop"),
                        Bound.of(10),
                        pod -> names.add(pod.getMetadata().getName()));
    }

    private static ClusterException failure(Runnable read) {
        return catchThrowableOfType(ClusterException.class, read::run);
    }

    private void answering(Answer answer) {
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException first) {
            assertThat(asked).isEmpty();
        }
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            try (exchange) {
                answer.to(exchange);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** @param length that is said; where less comes, the connection ends before it */
    private static void send(HttpExchange exchange, int code, String body, int length) throws IOException {
        exchange.sendResponseHeaders(code, length);
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }
}
