package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.StartsTheApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Work that hangs for longer than ten minutes (health.WorkHealth) ends the process by its liveness probe, and by no other. */
@StartsTheApplication
class LivenessTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ends = new CountDownLatch(1);

    @Test
    void the_kubelet_is_told_so_by_the_liveness_probe_alone() throws Exception {
        var settings = Settings.read(Map.of("KUBESENT_ANSWER", "first")::get, false);
        try (var application = Main.start(CommandLine.parse("--server.port=0"), settings)) {
            var root = URI.create(
                    "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
            application.getBean(Core.class).work().run(this::stall, 0);
            begun.await();
            assertThat(status(root, "liveness")).isEqualTo(200);

            application.getBean(Core.class).clock().forward(Duration.ofMinutes(11));

            assertThat(status(root, "liveness")).isEqualTo(503);
            assertThat(status(root, "readiness")).isEqualTo(200);
            ends.countDown();
        }
    }

    private int stall() {
        begun.countDown();
        try {
            ends.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static int status(URI root, String probe) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve("/actuator/health/" + probe))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
