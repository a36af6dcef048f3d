package dev.kubesent.function;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Request;
import dev.kubesent.event.Sighting;
import dev.kubesent.function.Samples.Sample;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.report.Colour;
import dev.kubesent.report.TerminalReport;
import dev.kubesent.time.StageClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** Replays events in the terminal: the samples on an embedded cluster, or the files that were asked for. */
final class LocalRun {

    private static final String SAMPLE_NAMESPACE = "demo";

    /** Long enough for what was healed to have survived. */
    private static final Duration LATER = Duration.ofMinutes(2);

    private final Connection connection;
    private final EventEndpoint endpoint;
    private final Sweep sweep;
    private final StageClock clock;
    private final CommandLine commandLine;
    private final Environment environment;

    LocalRun(
            Connection connection,
            EventEndpoint endpoint,
            Sweep sweep,
            StageClock clock,
            CommandLine commandLine,
            Environment environment) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.sweep = sweep;
        this.clock = clock;
        this.commandLine = commandLine;
        this.environment = environment;
    }

    @SuppressWarnings("SystemOut") // the terminal is the interface here
    void replay() {
        replay(System.out);
    }

    void replay(PrintStream out) {
        var report = new TerminalReport(Colour.of(System.console(), System.getenv("NO_COLOR")));
        var files = files();
        adopt(files);
        for (var file : files) {
            var request = EventFile.read(file.name(), file.content());
            out.println(report.render(file.name(), endpoint.answer(request)));
        }
        if (!files.isEmpty() && connection instanceof EmbeddedCluster) {
            clock.forward(LATER);
            var _ = sweep.run();
            var reader = connection.ports().reader();
            out.println(report.incidents(LATER, reader.list(Incident.class, SAMPLE_NAMESPACE)));
            out.println(report.pods(reader.list(Pod.class, SAMPLE_NAMESPACE)));
        }
        if (commandLine.then() == CommandLine.Then.SERVE && connection instanceof EmbeddedCluster) {
            out.println(
                    "Open http://localhost:%s/ to see the incidents. Serving until Ctrl-C; events/README.md sends an event with curl."
                            .formatted(environment.getProperty("local.server.port")));
        }
    }

    /** Makes the pods of the sample events exist, as a replay does first. */
    void adoptSamples() {
        adopt(files());
    }

    private void adopt(List<Sample> files) {
        files.forEach(file -> adopt(EventFile.read(file.name(), file.content())));
    }

    private List<Sample> files() {
        if (!commandLine.replay().isEmpty()) {
            return commandLine.replay().stream().map(LocalRun::read).toList();
        }
        return connection instanceof EmbeddedCluster
                ? Stream.concat(Samples.matching("*.http").stream(), Samples.matching("*.json").stream())
                        .sorted((a, b) -> a.name().compareTo(b.name()))
                        .toList()
                : List.of();
    }

    /** Makes the pod that an event tells of exist, where the cluster is the embedded one and has none of that name. */
    void adopt(Request request) {
        if (CloudEventReader.read(request) instanceof Delivery.Single(Delivery.Readable(var event))
                && PodEvents.sight(event) instanceof Sighting.Suspicious(var pod)) {
            pod.body().ifPresent(this::adopt);
        }
    }

    private void adopt(byte[] pod) {
        try {
            connection.adopt(KubernetesJson.parseJson(pod, Pod.class));
        } catch (IOException e) {
            // Not a pod: the endpoint says so, which is what is shown.
        }
    }

    private static Sample read(Path file) {
        try {
            return new Sample(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UsageException("cannot read the event file '" + file + "': " + e.getMessage());
        }
    }
}
