package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.function.RunningApplication;
import dev.kubesent.testing.StartsTheApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the door owes HTTP, as it stands ahead of the part of Tomcat that does it else. */
@StartsTheApplication
class AtTheSocketTest {

    private static final String BODY = "{}";

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Map.of(), "--server.tomcat.connection-timeout=2s");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void who_waits_for_a_100_before_the_body_is_sent_one() throws IOException {
        try (var socket = expecting("/")) {
            assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 ");
            assertThat(line(socket.getInputStream())).isEmpty();
            socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));

            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void who_is_not_let_in_is_told_so_in_place_of_the_100() throws IOException {
        try (var socket = expecting("/no/such/path")) {
            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void a_body_that_stops_is_answered_with_the_reason() throws IOException {
        try (var socket = sent("/", "Content-Type: application/json\r\nContent-Length: 10", "{")) {
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("the body did not arrive");
        }
    }

    private static Socket expecting(String path) throws IOException {
        return sent(
                path, "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + BODY.length(), "");
    }

    private static Socket sent(String path, String headers, String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), application.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
