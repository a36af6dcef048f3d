package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The page at http://localhost:8080/ of the local run, beside the place where events arrive. */
@Isolated
class LocalPageTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Map.of());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void a_browser_gets_the_page_and_its_files_with_their_headers() throws Exception {
        var page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>KubeSent</title>");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(get("/ui/app.js").statusCode()).isEqualTo(200);
        assertThat(get("/ui/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void an_event_that_is_posted_to_the_same_address_is_seen_on_the_page() throws Exception {
        var file = Path.of("events/02-deployment-oom.http");
        var event = EventFile.read(file.toString(), Files.readAllBytes(file));
        var request = HttpRequest.newBuilder(application.uri("/")).POST(BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach((name, value) -> {
            if (!name.equals("host") && !name.equals("content-length")) {
                request.header(name, value);
            }
        });

        var posted = HTTP.send(request.build(), BodyHandlers.ofString());

        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(get("/ui/api/incidents").body())
                .contains("Deployment/web-oom")
                .contains("\"mayApprove\":false");
    }

    @Test
    void another_website_reads_nothing() throws Exception {
        var asked = HttpRequest.newBuilder(application.uri("/ui/api/incidents"))
                .header("origin", "https://evil.example")
                .build();

        assertThat(HTTP.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    @Test
    void nothing_is_changed_there() throws Exception {
        var asked = HttpRequest.newBuilder(application.uri("/ui/api/incidents/demo/web/approve"))
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(HTTP.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    /** A server in a cluster has no page: whoever reaches it, other pods among them, is shown nothing. */
    @Test
    void where_kubesent_serves_a_cluster_there_is_no_page() throws Exception {
        // A cluster that nobody has: never the one of whoever runs the tests.
        System.setProperty("kubernetes.auth.tryKubeConfig", "false");
        System.setProperty("kubernetes.master", "https://127.0.0.1:1");
        var boots = "--spring.main.banner-mode=off"; // any property of Boot's starts it
        try (var serving = RunningApplication.start(Map.of("KUBESENT_CLUSTER", "kubeconfig"), boots)) {
            for (var path : new String[] {"/", "/ui/app.js", "/ui/api/incidents"}) {
                var answer = HTTP.send(HttpRequest.newBuilder(serving.uri(path)).build(), BodyHandlers.ofString());

                assertThat(answer.statusCode()).as(path).isEqualTo(path.equals("/") ? 405 : 404);
                assertThat(answer.body()).as(path).isEmpty();
            }
        } finally {
            System.clearProperty("kubernetes.auth.tryKubeConfig");
            System.clearProperty("kubernetes.master");
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(application.uri(path)).build(), BodyHandlers.ofString());
    }
}
