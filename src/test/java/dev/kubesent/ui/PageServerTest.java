package dev.kubesent.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.memory.InMemoryCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over the wire, byte by byte, as a browser or anybody else on this machine sends it. */
class PageServerTest {

    private static final String APPROVE = "/ui/api/incidents/demo/web/approve";

    private final List<String> said = new ArrayList<>();
    private PageServer server;
    private Page page;

    @BeforeEach
    void start() throws IOException {
        var cluster = new InMemoryCluster(Clock.systemUTC());
        cluster.load(Incidental.of("demo", "web", Phase.Proposed));
        page = Page.withToken(cluster, (_, name, _) -> said.add(name), new Place("lab", "", true), Clock.systemUTC());
        server = PageServer.start(0, page);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_address_has_the_token_where_a_browser_sends_it_to_nobody() {
        assertThat(server.address()).isEqualTo("http://127.0.0.1:" + server.port() + "/#token=" + page.token());
    }

    @Test
    void every_answer_forbids_a_browser_all_but_the_pages_own_files() throws IOException {
        for (var request : List.of(get("/"), get("/ui/app.js"), get("/nothing"), get("/ui/api/incidents"))) {
            assertThat(send(request).toLowerCase(Locale.ROOT))
                    .contains("content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .contains("require-trusted-types-for 'script'")
                    .contains("x-content-type-options: nosniff")
                    .contains("referrer-policy: no-referrer")
                    .contains("cache-control: no-store")
                    .doesNotContain("access-control-");
        }
    }

    @Test
    void without_the_token_nothing_is_told() throws IOException {
        assertThat(send(get("/ui/api/incidents"))).startsWith("HTTP/1.1 401").doesNotContain("Deployment/web");
        assertThat(send(get("/ui/api/incidents", token())))
                .startsWith("HTTP/1.1 200")
                .contains("Deployment/web");
    }

    @Test
    void another_website_approves_nothing() throws IOException {
        assertThat(send(post(APPROVE, "Host: 127.0.0.1", body(), token(), "Origin: https://evil.example")))
                .startsWith("HTTP/1.1 403");
        assertThat(send(post(APPROVE, "Host: evil.example", body(), token()))).startsWith("HTTP/1.1 403");
        assertThat(send(post(APPROVE, "Host: 127.0.0.1", body()))).startsWith("HTTP/1.1 401");
        assertThat(send(
                        "OPTIONS %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n"
                                .formatted(APPROVE)))
                .startsWith("HTTP/1.1 403");
        assertThat(said).isEmpty();

        assertThat(send(post(APPROVE, "Host: 127.0.0.1", body(), token()))).startsWith("HTTP/1.1 200");
        assertThat(said).containsExactly("web");
    }

    @Test
    void a_body_has_a_bound() throws IOException {
        assertThat(send(post(APPROVE, "Host: 127.0.0.1", "x".repeat(PageServer.LONGEST_BODY + 1), token())))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void it_listens_on_the_loopback_address_only() throws IOException {
        assertThat(server.port()).isPositive();
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                assertThat(isOpen(new InetSocketAddress(address, server.port())))
                        .as(address.toString())
                        .isEqualTo(address.getHostAddress().equals("127.0.0.1"));
            }
        }
    }

    private static boolean isOpen(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, 2000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String token() {
        return "X-KubeSent-Token: " + page.token();
    }

    private static String body() {
        return "{\"fingerprint\":\"%s\"}".formatted(Incidental.FINGERPRINT);
    }

    private static String get(String path, String... headers) {
        return "GET %s HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n%s\r\n".formatted(path, lines(headers));
    }

    private static String post(String path, String host, String body, String... headers) {
        return "POST %s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
                .formatted(path, host, body.length(), lines(headers), body);
    }

    private static String lines(String... headers) {
        return String.join(
                "", List.of(headers).stream().map(header -> header + "\r\n").toList());
    }

    private String send(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
