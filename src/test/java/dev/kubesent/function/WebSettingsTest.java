package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {

    @Test
    void the_port_is_the_flags_then_the_variables_then_the_usual_one() {
        var variable = Map.of("SERVER_PORT", "9090");

        assertThat(WebSettings.read(List.of("--server.port=8081"), variable))
                .hasValueSatisfying(web -> assertThat(web.port()).isEqualTo(8081));
        assertThat(WebSettings.read(List.of(), variable))
                .hasValueSatisfying(web -> assertThat(web.port()).isEqualTo(9090));
        assertThat(WebSettings.read(List.of(), Map.of()))
                .hasValueSatisfying(web -> assertThat(web.port()).isEqualTo(8080));
    }

    @Test
    void what_boot_manages_is_seen_wherever_it_is_set() {
        assertThat(WebSettings.read(List.of("--management.otlp.metrics.export.enabled=true"), Map.of()))
                .hasValueSatisfying(web -> assertThat(web.isManaged()).isTrue());
        assertThat(WebSettings.read(List.of(), Map.of("MANAGEMENT_OTLP_METRICS_EXPORT_ENABLED", "true")))
                .hasValueSatisfying(web -> assertThat(web.isManaged()).isTrue());
        assertThat(WebSettings.read(List.of(), Map.of("OTEL_METRICS_EXPORTER", "otlp")))
                .hasValueSatisfying(web -> assertThat(web.isManaged()).isTrue());
        assertThat(WebSettings.read(List.of(), Map.of("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "soon")))
                .hasValueSatisfying(web -> assertThat(web.isManaged()).isTrue());
        assertThat(WebSettings.read(List.of("--logging.level.root=DEBUG"), Map.of("KUBESENT_MODE", "suggest")))
                .hasValueSatisfying(web -> assertThat(web.isManaged()).isFalse());
    }

    /** A span cannot be made later: such a process waits for Spring with each event. */
    @Test
    void where_traces_go_is_seen_wherever_it_is_set() {
        for (var variable : List.of(
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
            assertThat(WebSettings.read(List.of(), Map.of(variable, "http://collector:4318/v1/traces")))
                    .hasValueSatisfying(web -> assertThat(web.isTraced()).isTrue());
        }
        assertThat(WebSettings.read(
                        List.of("--management.opentelemetry.tracing.export.otlp.endpoint=http://collector"), Map.of()))
                .hasValueSatisfying(web -> assertThat(web.isTraced()).isTrue());
        assertThat(WebSettings.read(List.of(), Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://collector")))
                .hasValueSatisfying(web -> assertThat(web.isTraced()).isFalse());
    }

    @Test
    void the_bounds_are_those_of_application_properties() {
        var web = WebSettings.read(List.of(), Map.of()).orElseThrow();

        assertThat(web.number("max-connections")).isEqualTo(1024);
        assertThat(web.number("max-swallow-size")).isZero();
        assertThat(web.time("connection-timeout")).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server.tomcat.max-connections=10",
                "--server.ssl.enabled=true",
                "--management.server.port=9000",
                "--spring.config.location=x",
                "--server.port=none",
                "--server.port=65536"
            })
    void what_only_spring_boot_understands_is_left_to_it(String argument) {
        assertThat(WebSettings.read(List.of(argument), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SERVER_SSL_ENABLED", "MANAGEMENT_SERVER_PORT", "SPRING_APPLICATION_JSON", "server.address"})
    void also_where_a_variable_says_it(String variable) {
        assertThat(WebSettings.read(List.of(), Map.of(variable, "1"))).isEmpty();
    }
}
