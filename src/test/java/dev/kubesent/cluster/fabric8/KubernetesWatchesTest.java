package dev.kubesent.cluster.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Watched;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an API server, and whatever is in between, may do to a watch. */
class KubernetesWatchesTest {

    private static final String POD =
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"w\u00e9b\",\"resourceVersion\":\"%s\","
                    + "\"labels\":{\"resourceVersion\":\"no\"}},\"status\":{\"metadata\":{\"resourceVersion\":\"no\"}}}";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private KubernetesClient client;
    private KubernetesWatches watches;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = KubernetesConnection.open(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build());
        watches = new KubernetesWatches(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void the_version_of_now_is_that_of_a_list_of_one() {
        answer(exchange -> sent(
                exchange,
                200,
                "{\"kind\":\"PodList\",\"metadata\":{\"continue\":\"x\",\"resourceVersion\":\"42\"},\"items\":[{}]}"));

        assertThat(watches.version(Watched.PODS)).isEqualTo("42");
        assertThat(asked).containsExactly("/api/v1/pods?limit=1");
    }

    @Test
    void it_asks_for_bookmarks_and_for_an_end() {
        answer(exchange -> sent(exchange, 200, ""));

        assertThat(all(Watched.INCIDENTS)).isEmpty();
        assertThat(asked)
                .singleElement()
                .asString()
                .matches("/apis/kubesent.dev/v1alpha1/incidents\\?watch=true&allowWatchBookmarks=true&resourceVersion=7"
                        + "&timeoutSeconds=[3-5]\\d\\d");
    }

    @Test
    void each_line_is_a_change_with_the_bytes_of_its_object() {
        var pods = List.of(POD.formatted("8"), POD.formatted("9"), POD.formatted("10"), POD.formatted("11"));
        answer(exchange -> sent(
                exchange,
                200,
                line("ADDED", pods.get(0))
                        + line("MODIFIED", pods.get(1))
                        + line("DELETED", pods.get(2))
                        + line("SOMETHING_NEW", "{}")
                        + line("BOOKMARK", pods.get(3))));

        var changes = all(Watched.PODS);

        assertThat(changes)
                .extracting(Change::type)
                .containsExactly(Change.Type.ADDED, Change.Type.MODIFIED, Change.Type.DELETED, Change.Type.BOOKMARK);
        assertThat(changes).extracting(Change::version).containsExactly("8", "9", "10", "11");
        assertThat(changes)
                .extracting(change -> new String(change.object(), UTF_8))
                .containsExactlyElementsOf(pods);
    }

    /** However it is cut on the way: within a letter, within a line, in the middle of a line's end. */
    @Test
    void what_comes_in_pieces_is_read_as_a_whole() {
        var bytes = (line("ADDED", POD.formatted("8")) + line("MODIFIED", POD.formatted("9"))).getBytes(UTF_8);
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (var one : bytes) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });

        assertThat(all(Watched.PODS)).extracting(Change::version).containsExactly("8", "9");
    }

    @Test
    void half_a_line_is_none() {
        answer(exchange -> sent(exchange, 200, line("ADDED", POD.formatted("8")) + "{\"type\":\"MODIFIED\",\"obj"));

        assertThat(all(Watched.PODS)).extracting(Change::version).containsExactly("8");
    }

    @Test
    void gone_is_told_in_the_middle_or_at_the_begin_and_is_no_cut() {
        var gone = "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410,"
                + "\"message\":\"too old resource version: 7 (900)\"}";
        answer(exchange -> sent(exchange, 200, line("ADDED", POD.formatted("8")) + line("ERROR", gone)));
        answer(exchange -> sent(exchange, 410, gone));

        for (int i = 0; i < 2; i++) {
            var refused = catchThrowableOfType(ClusterException.class, () -> all(Watched.PODS));

            assertThat(refused.kind()).isEqualTo(Kind.BROKEN);
            assertThat(refused).hasMessageContaining("too old resource version");
        }
    }

    @Test
    void a_cut_connection_is_one() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(line("ADDED", POD.formatted("8")).getBytes(UTF_8));
            exchange.getResponseBody().flush();
            server.stop(0);
        });

        var cut = catchThrowableOfType(ClusterException.class, () -> all(Watched.PODS));

        assertThat(cut.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_line_without_an_end_does_not_fill_the_heap() {
        var piece = "x".repeat(1 << 20).getBytes(UTF_8);
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(piece);
                }
            } finally {
                exchange.close(); // nobody reads it any more
            }
        });

        var refused = catchThrowableOfType(ClusterException.class, () -> all(Watched.PODS));

        assertThat(refused).hasMessageContaining("a line of a watch has more than");
    }

    @Test
    void what_is_no_line_of_a_watch_is_an_error_and_no_defect() {
        answer(exchange -> sent(exchange, 200, "<html>a proxy</html>\n"));

        var refused = catchThrowableOfType(ClusterException.class, () -> all(Watched.PODS));

        assertThat(refused.kind()).isEqualTo(Kind.BROKEN);
    }

    private final List<Answer> answers = new ArrayList<>();

    /** For the next request that nobody has answered yet. */
    private void answer(Answer answer) {
        if (answers.isEmpty()) {
            server.createContext("/", exchange -> {
                asked.add(exchange.getRequestURI().toString());
                answers.removeFirst().to(exchange);
            });
        }
        answers.add(answer);
    }

    private List<Change> all(Watched what) {
        var all = new ArrayList<Change>();
        try (var changes = watches.watch(what, "7")) {
            for (Optional<Change> next = changes.next(); next.isPresent(); next = changes.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    private static String line(String type, String object) {
        return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
    }

    private static void sent(HttpExchange exchange, int code, String text) {
        try (exchange) {
            var bytes = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
