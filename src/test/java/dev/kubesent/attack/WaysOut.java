package dev.kubesent.attack;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.archive.Archive;
import dev.kubesent.archive.FolderArchive;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.report.Colour;
import dev.kubesent.report.Finished;
import dev.kubesent.report.IncidentEvent;
import dev.kubesent.report.KubernetesEvents;
import dev.kubesent.report.LogLine;
import dev.kubesent.report.Reporter;
import dev.kubesent.report.Reporters;
import dev.kubesent.report.TerminalReport;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A pod fails that has a text in every place where a tenant can put one, and everything that comes out of KubeSent is held up. */
final class WaysOut {

    private static final Path LIKE = Path.of("src/test/resources/scenarios/crash-log-with-a-password");

    /** One without an owner that is down: it is deleted and made anew, and the incident holds all of it meanwhile. */
    private static final Path REPLACED = Path.of("src/test/resources/scenarios/oom-bare-pod-down");

    /** What a pod has of it; where a place is to have nothing, an empty list or an empty text. */
    record Pod(String text, Map<String, String> env, List<String> args) {

        static Pod with(String text) {
            return new Pod(text, Map.of("APPLICATION_CONFIG", text), List.of(text));
        }
    }

    private WaysOut() {}

    /** @param folder empty, of this run @return what is told, by way */
    static Map<String, String> of(Pod pod, Path folder) throws IOException {
        return of(pod, folder, "", false);
    }

    /** @param beside what else is in the cluster, as YAML @param acrossNamespaces the setting of that name */
    static Map<String, String> of(Pod pod, Path folder, String beside, boolean acrossNamespaces) throws IOException {
        return of(LIKE, pod, folder, beside, acrossNamespaces);
    }

    /** Of a bare pod that is replaced: all that is told meanwhile, and what is in the incident when it is done. */
    static Map<String, String> ofAReplacement(Pod pod, Path folder) throws IOException {
        return of(REPLACED, pod, folder, "", false);
    }

    private static Map<String, String> of(Path like, Pod pod, Path folder, String beside, boolean acrossNamespaces)
            throws IOException {
        var planted = Files.createDirectories(folder.resolve("planted"));
        var scenario = new Scenario(written(like, pod, planted, beside), "");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var kept = new ArrayList<Evidence>();
        var archive = new FolderArchive(Files.createDirectories(folder.resolve("archive")));
        var sent = new StringBuilder();
        var lines = lines();
        var ports = loaded.ports().with(both(archive, kept));
        var reporter = new Reporters(List.of(new KubernetesEvents(ports.records(), clock), new LogLine(), sink(sent)));
        var pipeline = new Pipeline(
                ports,
                ScenarioRun.defaultPolicies().tellingAcrossNamespaces(acrossNamespaces),
                reporter,
                Work.beforeTheAnswer(),
                clock,
                "test");
        var reply = ScenarioRun.endpoint(pipeline, clock).answer(loaded.event());

        var incidents = loaded.inspector().list(Incident.class, scenario.namespace());
        incidents.forEach(archive::keep);
        var ways = new LinkedHashMap<String, String>();
        ways.put("incident", incidents.stream().map(KubernetesJson::json).collect(Collectors.joining("\n")));
        ways.put("event", told(loaded.inspector().list(Event.class, scenario.namespace())));
        ways.put("sink", sent.toString());
        ways.put("log line", text(lines));
        ways.put("terminal", new TerminalReport(Colour.OFF).render("event", reply) + terminal(incidents, sent));
        ways.put("archive", files(folder.resolve("archive")));
        ways.put("prompt", prompt(kept.getFirst()));
        ways.put("diagnose", diagnosed(pod, clock));
        return ways;
    }

    private static String prompt(Evidence evidence) {
        return PromptWriter.write(evidence, new Redaction(Redaction.Addresses.REMOVED))
                .evidence();
    }

    private static String diagnosed(Pod pod, MovingClock clock) {
        var asked = Questions.of(
                Questions.KILLED.replace(
                        "exitCode: 137, reason: Error", "exitCode: 1, reason: Error, message: " + quoted(pod.text())),
                pod.text(),
                List.of("Failed: " + pod.text()));
        var reply = new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 20, 4, clock).answer(asked);
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** As a local run shows it. */
    private static String terminal(List<Incident> incidents, StringBuilder sent) {
        var envelopes = sent.toString().lines().toList();
        var last = envelopes.isEmpty() ? "{}" : envelopes.getLast();
        var reply = new dev.kubesent.event.Reply(200, Map.of(), ("[" + last + "]").getBytes(StandardCharsets.UTF_8));
        return incidents.isEmpty() ? "" : new TerminalReport(Colour.OFF).render("event", reply);
    }

    private static Reporter sink(StringBuilder sent) {
        return new Reporter() {
            @Override
            public void tell(Finished finished) {}

            @Override
            public void moved(Incident incident) {
                sent.append(IncidentEvent.of(incident, "/kubesent", Instant.EPOCH)
                                .envelope())
                        .append('\n');
            }
        };
    }

    private static String told(List<Event> events) {
        return events.stream()
                .filter(event -> event.getSource() != null
                        && "kubesent".equals(event.getSource().getComponent()))
                .map(Event::getMessage)
                .collect(Collectors.joining("\n"));
    }

    private static Archive both(Archive archive, List<Evidence> kept) {
        return new Archive() {
            @Override
            public void keep(Incident incident, Evidence evidence) {
                kept.add(evidence);
                archive.keep(incident, evidence);
            }

            @Override
            public void keep(Incident incident) {
                archive.keep(incident);
            }
        };
    }

    private static ListAppender<ILoggingEvent> lines() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var logger = (Logger) LoggerFactory.getLogger("kubesent.incidents");
        // Another test may have started Spring, which sets levels anew.
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        return appender;
    }

    private static String text(ListAppender<ILoggingEvent> appender) {
        var logger = (Logger) LoggerFactory.getLogger("kubesent.incidents");
        logger.detachAppender(appender);
        logger.setAdditive(true);
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    private static String files(Path folder) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static Path written(Path scenario, Pod pod, Path folder, String beside) throws IOException {
        var like = Files.readString(scenario.resolve("event.http"))
                .replace(scenario.getFileName().toString(), "planted");
        var parts = like.split("\n\n", 2);
        var tree = (ObjectNode) KubernetesJson.parseJson(parts[1].getBytes(StandardCharsets.UTF_8), JsonNode.class);
        plant(tree, pod);
        Files.writeString(folder.resolve("event.http"), parts[0] + "\n\n" + tree);
        Files.writeString(folder.resolve("log.txt"), "starting\n" + pod.text() + "\n");
        Files.writeString(folder.resolve("objects.yaml"), event(tree, pod.text()) + beside);
        return folder;
    }

    private static void plant(ObjectNode tree, Pod pod) {
        ((ObjectNode) tree.path("metadata")).putObject("annotations").put("example.com/note", pod.text());
        var container = (ObjectNode) tree.at("/spec/containers/0");
        container.putArray("command").add("sh").add("-c").add(pod.text());
        pod.args().forEach(container.putArray("args")::add);
        var env = container.putArray("env");
        pod.env().forEach((name, value) -> env.addObject().put("name", name).put("value", value));
        var get = container
                .putObject("livenessProbe")
                .putObject("httpGet")
                .put("port", 80)
                .put("path", "/");
        get.putArray("httpHeaders").addObject().put("name", "X-Note").put("value", pod.text());
        container
                .putObject("readinessProbe")
                .putObject("exec")
                .putArray("command")
                .add("sh")
                .add("-c")
                .add(pod.text());
        container
                .putObject("lifecycle")
                .putObject("preStop")
                .putObject("exec")
                .putArray("command")
                .add(pod.text());
        for (var place : List.of(
                "/status/containerStatuses/0/state/terminated", "/status/containerStatuses/0/lastState/terminated")) {
            if (tree.at(place) instanceof ObjectNode terminated) {
                terminated.put("message", pod.text());
            }
        }
    }

    private static String event(ObjectNode pod, String text) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", "planted").put("namespace", "planted");
        event.putObject("involvedObject")
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("namespace", "planted")
                .put("name", pod.at("/metadata/name").asText())
                .put("uid", pod.at("/metadata/uid").asText());
        event.put("reason", "Failed").put("type", "Warning").put("message", text);
        return "---\n" + event + "\n";
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
