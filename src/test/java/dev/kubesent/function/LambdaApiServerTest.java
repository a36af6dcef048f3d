package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.event.Request;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.EksAuthenticator;
import dev.kubesent.testing.LambdaOverlay;
import dev.kubesent.testing.LambdaProcess;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.RuntimeApi;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The function in AWS's own runtime loop, on a real API server that takes EKS's tokens, with the rights of knative/overlays/lambda. */
@OnTheApiServer
class LambdaApiServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("k8s-aws-v1\\.|X-Amz-Signature");

    private final ApiServerTestCluster cluster = new ApiServerTestCluster();
    private final ApiServer server = ApiServer.required();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeAll
    static void grant() throws Exception {
        LambdaOverlay.install(ApiServer.required());
    }

    @Test
    void an_event_by_each_way_is_healed_before_it_is_answered() throws Exception {
        try (var api = RuntimeApi.start();
                var lambda = LambdaProcess.start(folder, api, settings())) {
            var byUrl = new Failing("lambda-url");
            var answer = api.invoke(functionUrl(byUrl.event, "/"));

            assertThat(answer.kind()).as(answer.body()).isEqualTo("response");
            assertThat(JSON.readTree(answer.body()).path("statusCode").asInt()).isEqualTo(202);
            byUrl.isHealed();

            var byQueue = new Failing("lambda-sqs");
            var batch = api.invoke(queue(byQueue.event));
            assertThat(batch.body()).isEqualTo("{\"batchItemFailures\":[]}");
            byQueue.isHealed();

            var byBus = new Failing("lambda-bus");
            assertThat(api.invoke(bus(byBus.event)).kind()).isEqualTo("response");
            byBus.isHealed();

            // No event of it ever came: the schedule's sweep finds it.
            var unheard = new Failing("lambda-tick");
            assertThat(api.invoke("{\"detail-type\":\"Scheduled"
                                    + " Event\",\"source\":\"aws.scheduler\",\"detail\":\"{}\"}")
                            .kind())
                    .isEqualTo("response");
            unheard.isHealed();

            assertThat(JSON.readTree(api.invoke(functionUrl(byUrl.event, "/functionRouter"))
                                    .body())
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(404);
            assertThat(api.invoke("{\"neither\":\"nor hunter2\"}").kind()).isEqualTo("error");
            assertThat(lambda.log()).doesNotContain("hunter2", "terminationMessagePath");
            assertThat(TOKEN.matcher(lambda.log()).find()).isFalse();
        }
    }

    @Test
    void its_snapshot_is_primed_and_its_credentials_are_those_of_after_it() throws Exception {
        try (var api = RuntimeApi.start()) {
            var settings = new HashMap<>(settings());
            settings.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            settings.remove("AWS_ACCESS_KEY_ID");
            settings.remove("AWS_SECRET_ACCESS_KEY");
            settings.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + api.address() + "/credentials");
            try (var lambda = LambdaProcess.start(folder, api, settings)) {
                assertThat(api.awaitSnapshot()).isTrue();
                assertThat(lambda.log()).contains("primed with the sample events");

                api.restore();

                var failing = new Failing("lambda-snap");
                assertThat(api.invoke(functionUrl(failing.event, "/")).body()).contains("\"statusCode\":202");
                failing.isHealed();
                assertThat(api.askedTooEarly()).isFalse();
                assertThat(server.eks().keysSeen())
                        .contains(EksAuthenticator.AFTER_THE_SNAPSHOT)
                        .doesNotContain("priming");
            }
        }
    }

    @Test
    void whoever_has_a_token_of_the_cluster_for_it_is_let_in_and_nobody_else() throws Exception {
        var settings = new HashMap<>(settings());
        settings.put("KUBESENT_SENDER_AUDIENCE", "kubesent");
        settings.put("KUBESENT_SENDERS", "system:serviceaccount:kubesent:kubesent-source");
        try (var api = RuntimeApi.start();
                var _ = LambdaProcess.start(folder, api, settings)) {
            var failing = new Failing("lambda-token");

            assertThat(status(api.invoke(functionUrl(failing.event, "/")))).isEqualTo(401);
            assertThat(failing.incidents()).isEmpty();

            var headers = new HashMap<>(failing.event.headers());
            headers.put("authorization", "Bearer " + server.tokenOf("kubesent-source", "kubesent"));
            var withToken = new Request(headers, failing.event.body());

            assertThat(status(api.invoke(functionUrl(withToken, "/")))).isEqualTo(202);
            failing.isHealed();
        }
    }

    private static int status(RuntimeApi.Answer answer) throws IOException {
        return JSON.readTree(answer.body()).path("statusCode").asInt();
    }

    @Test
    void without_a_cluster_it_does_not_start() throws Exception {
        try (var api = RuntimeApi.start();
                var lambda = LambdaProcess.start(folder, api, Map.of())) {
            assertThat(api.initError()).isNotEmpty();
            assertThat(lambda.log()).contains("a Lambda function has no cluster in it");
        }
    }

    @Test
    void a_wrong_setting_is_said_at_the_start() throws Exception {
        var settings = new HashMap<>(settings());
        settings.put("KUBESENT_EKS_CA", "not a certificate");
        try (var api = RuntimeApi.start();
                var lambda = LambdaProcess.start(folder, api, settings)) {
            assertThat(api.initError()).isNotEmpty();
            assertThat(lambda.log()).contains("KUBESENT_EKS_CA is 'not a certificate'; it must be");
        }
    }

    private Map<String, String> settings() throws IOException {
        return Map.of(
                "KUBESENT_CLUSTER", "eks",
                "KUBESENT_EKS_NAME", EksAuthenticator.CLUSTER,
                "KUBESENT_EKS_ENDPOINT", server.admin().getMasterUrl().toString(),
                "KUBESENT_EKS_CA", server.authority(),
                "AWS_ACCESS_KEY_ID", EksAuthenticator.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", "secret",
                // Other tests' incidents fail on the same server.
                "KUBESENT_STORM_COUNT", "100000",
                "KUBESENT_STORM_SHARE", "100",
                "KUBESENT_GEMINI_MODELS", "");
    }

    /** A Deployment whose pod is out of memory. */
    private final class Failing {

        private final Scenario scenario;
        private final Request event;

        Failing(String suffix) {
            scenario = Scenario.named("oom-deployment").suffixed(suffix);
            event = cluster.load(scenario, Clock.systemUTC()).event();
            // As the overlay says: here only, so that a sweep leaves the other tests' namespaces alone.
            var binding = new RoleBindingBuilder()
                    .withNewMetadata()
                    .withNamespace(scenario.namespace())
                    .withName("kubesent-healer-lambda")
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubesent-healer")
                    .addNewSubject("rbac.authorization.k8s.io", "Group", "kubesent", null)
                    .build();
            server.admin().resource(binding).create();
        }

        List<Incident> incidents() {
            return server.incidents(scenario.namespace());
        }

        void isHealed() {
            assertThat(incidents()).singleElement().satisfies(incident -> {
                assertThat(incident.progress().phase()).isEqualTo(Phase.Verifying);
                assertThat(incident.progress().acts()).hasSize(1);
            });
        }
    }

    private static String functionUrl(Request event, String path) {
        var root = JSON.createObjectNode().put("version", "2.0").put("rawPath", path);
        event.headers().forEach(root.putObject("headers")::put);
        root.putObject("requestContext")
                .put("stage", "$default")
                .putObject("http")
                .put("method", "POST");
        return root.put("body", Base64.getEncoder().encodeToString(event.body()))
                .put("isBase64Encoded", true)
                .toString();
    }

    private static String queue(Request event) {
        var root = JSON.createObjectNode();
        var record = root.putArray("Records").addObject();
        record.put("messageId", "m1").put("eventSource", "aws:sqs").put("body", text(event));
        var attributes = record.putObject("messageAttributes");
        event.headers().forEach((name, value) -> attributes.putObject(name).put("stringValue", value));
        return root.toString();
    }

    private static String bus(Request event) throws IOException {
        var root = JSON.createObjectNode().put("id", "1").put("detail-type", "Pod");
        JsonNode pod = JSON.readTree(text(event));
        return root.set("detail", pod).toString();
    }

    private static String text(Request event) {
        return new String(event.body(), StandardCharsets.UTF_8);
    }
}
