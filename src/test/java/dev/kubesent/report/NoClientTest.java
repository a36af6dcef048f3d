package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.remote.RemoteDoctor;
import dev.kubesent.evidence.ImageRegistry.Login;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.registry.OciRegistry;
import dev.kubesent.testing.Questions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HttpClient is made for its first question, which is then the one that finds a trust store that cannot be read. In a process of its own: it has one. */
class NoClientTest {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    @Test
    void where_none_can_be_made_each_says_so_as_of_what_cannot_be_reached(@TempDir Path folder) throws Exception {
        var store = Files.writeString(folder.resolve("store"), "no store");
        var log = folder.resolve("log");

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore=" + store,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Asking.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .contains("the doctor cannot be reached", "registry: Missing", "is not sent to the sink")
                .doesNotContain("Exception in thread");
        assertThat(process.exitValue()).isZero();
    }

    static final class Asking {

        private Asking() {}

        public static void main(String... none) throws InterruptedException {
            var clock = Clock.systemUTC();
            var nobody = URI.create("https://127.0.0.1:1/");
            if (new RemoteDoctor(nobody, MOMENT, Redaction.Addresses.REMOVED, clock)
                            .ask(Questions.evidence(Questions.LAST_LINE))
                    instanceof Opinion.None(var why, var _)) {
                System.out.println(why);
            }
            var registry = new OciRegistry(Map.of("registry.lab", OciRegistry.Transport.TLS), MOMENT, clock);
            System.out.println("registry: "
                    + registry.ask("registry.lab/shop:1", Optional.empty(), Optional.<Login>empty())
                            .getClass()
                            .getSimpleName());
            var sink =
                    Sink.at(nobody.toString(), Origin.named("lab", clock), "", new Duration[0], Duration.ofSeconds(10));
            for (var phase : List.of("Opened", "Diagnosed")) {
                sink.moved(KubernetesJson.parse("""
                    apiVersion: kubesent.dev/v1alpha1
                    kind: Incident
                    metadata: {namespace: demo, name: web, uid: a, resourceVersion: "1"}
                    spec: {ownerKind: ReplicaSet, ownerName: web-1, revision: "1", container: app, failure: OOMKilled}
                    status: {phase: %s}
                    """.formatted(phase), Incident.class));
            }
            sink.close();
        }
    }
}
