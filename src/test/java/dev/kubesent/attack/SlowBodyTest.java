package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.function.RunningApplication;
import dev.kubesent.testing.StartsTheApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Findings 3 and 8: bodies that stop, or never end, over real HTTP. Tomcat's time-out is shortened from 5 s to 1 s. */
@StartsTheApplication
class SlowBodyTest {

    private static final int BODY = 2 << 20;

    /** 16 MiB of 2 MiB each, less one byte. */
    private static final int WITH_ROOM = 8;

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Map.of(), "--server.tomcat.connection-timeout=1s");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void a_hundred_and_fifty_bodies_that_stop_leave_liveness_answering_and_are_cut_off() throws Exception {
        var stalled = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 150; i++) {
                stalled.add(stalled(BODY, BODY - 1));
            }

            assertThat(liveness()).isEqualTo(200);
            var answers = new ArrayList<String>();
            for (var socket : stalled) {
                answers.add(statusLine(socket.getInputStream()));
            }
            assertThat(answers).hasSize(150).allMatch(line -> line.contains(" 503") || line.contains(" 408"));
            assertThat(liveness()).isEqualTo(200);
        } finally {
            for (var socket : stalled) {
                socket.close();
            }
        }
        assertThat(event()).as("there is room again").isEqualTo(204);
    }

    @Test
    void a_body_that_is_only_promised_takes_no_room() throws Exception {
        var promised = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4 * WITH_ROOM; i++) {
                promised.add(stalled(BODY, 0));
            }
            assertThat(event()).isEqualTo(204);
        } finally {
            for (var socket : promised) {
                socket.close();
            }
        }
    }

    @Test
    void a_body_larger_than_allowed_is_refused_by_its_length_and_the_answer_arrives() throws Exception {
        try (var socket = stalled(BODY + 100_000, BODY + 100_000)) {
            assertThat(statusLine(socket.getInputStream())).contains(" 413");
        }
    }

    private static Socket stalled(int declared, int sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), application.port());
        socket.setSoTimeout(30_000);
        var out = socket.getOutputStream();
        out.write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + declared
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[sent]);
        out.flush();
        return socket;
    }

    private static String statusLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static int liveness() throws Exception {
        return send(HttpRequest.newBuilder(application.uri("/actuator/health/liveness")));
    }

    private static int event() throws Exception {
        return send(HttpRequest.newBuilder(application.uri("/"))
                .header("content-type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "s")
                .header("ce-type", "t")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
