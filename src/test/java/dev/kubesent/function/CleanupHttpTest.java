package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cleanup.CleanupSettings;
import dev.kubesent.testing.StartsTheApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code cleanup --serve}, as a PingSource asks it. */
@StartsTheApplication
class CleanupHttpTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Path source;
    private static ConfigurableApplicationContext application;
    private static URI root;

    @BeforeAll
    static void start() {
        source = folder.resolve("source");
        var settings = CleanupSettings.read(Map.of("SOURCE_DIR", source.toString(), "DAYS_OLD", "1")::get);
        application = CleanupApplication.start(settings, "--server.port=0");
        root = URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/cleanup"})
    void each_event_is_one_run_and_its_answer_the_summary(String path) throws Exception {
        Files.createDirectories(source);
        var old = Files.writeString(source.resolve("old"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

        var response = send("POST", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(new ObjectMapper().readTree(response.body()).path("deleted").asInt())
                .isEqualTo(1);
        assertThat(old).doesNotExist();
    }

    @Test
    void a_directory_that_is_not_there_is_an_error_that_may_pass() throws Exception {
        Files.deleteIfExists(source);

        var response = send("POST", "/cleanup");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("Source directory not found: " + source);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cleanup, 405",
        "POST, /heal, 404",
        "POST, /sweep, 404",
        "POST, /functionRouter, 404",
        "GET, /actuator/health/readiness, 200"
    })
    void nothing_else_is_served(String method, String path, int status) throws Exception {
        assertThat(send(method, path).statusCode()).isEqualTo(status);
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .method(method, BodyPublishers.ofString("{}"))
                        .header("content-type", "application/json")
                        .header("ce-id", "1")
                        .header("ce-type", "dev.knative.sources.ping")
                        .header("ce-source", "/ping")
                        .header("ce-specversion", "1.0")
                        .build(),
                BodyHandlers.ofString());
    }
}
