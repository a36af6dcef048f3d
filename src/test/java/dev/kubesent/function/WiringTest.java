package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kubesent.consultation.SignatureConfig;
import dev.kubesent.function.health.ClusterHealth;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.StartsTheApplication;
import dev.kubesent.time.StageClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;

/** Findings 3, 6d and 8 of shared/reviews/security.md: bounds that are in the classes hold only if the running application has them. */
@StartsTheApplication
class WiringTest {

    @Test
    void questions_from_outside_have_a_ration_of_their_own() throws IOException {
        var asked = new AtomicInteger();
        var doctor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        doctor.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        doctor.start();
        var address = "http://localhost:" + doctor.getAddress().getPort() + "/diagnose";
        try (var application = RunningApplication.start(
                Map.of("KUBESENT_DOCTOR_URL", address, "KUBESENT_GEMINI_PER_MINUTE", "1000"))) {
            var endpoint = application.bean(DiagnoseEndpoint.class);
            for (int i = 0; i < 60; i++) {
                assertThat(endpoint.answer(Questions.killed()).status()).isLessThan(500);
            }
        } finally {
            doctor.stop(0);
        }

        assertThat(asked).as("of the 500 calls of a day").hasValue(50);
    }

    @Test
    void readiness_names_the_users_signatures_that_do_not_count() {
        try (var application = RunningApplication.start(Map.of())) {
            var health = application.bean(ClusterHealth.class);
            var _ = health.health();
            application
                    .bean(Ports.class)
                    .records()
                    .create(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("kubesent")
                            .withName(SignatureConfig.NAME)
                            .endMetadata()
                            .addToData("a.yaml", "- {id: bad, patterns: ['(']}")
                            .build());
            application.bean(StageClock.class).forward(Duration.ofMinutes(2));

            assertThat(health.health().getDetails())
                    .containsEntry(
                            "signatures",
                            List.of("key a.yaml, signature bad: a pattern is no RE2 expression: missing closing )"));
        }
    }

    /** Each of them is another where nothing is set. */
    @Test
    void connections_are_bounded() {
        try (var application = RunningApplication.start(Map.of())) {
            var connector = ((TomcatWebServer) application.server()).getTomcat().getConnector();
            var http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();

            assertThat(http.getMaxConnections()).isEqualTo(1024);
            assertThat(http.getConnectionTimeout()).isEqualTo(5_000);
            assertThat(http.getKeepAliveTimeout()).isEqualTo(60_000);
            assertThat(http.getMaxSwallowSize()).isZero();
        }
    }
}
