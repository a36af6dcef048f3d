package dev.kubesent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.Kubectl;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The public reports once more, as the real kubectl describes them: how much does a description lose against the object? Each report's pod and events are
 * written to a real API server; {@code kubectl describe pods} prints them, and {@code explain} reads that and the report's log.
 * By night all of them, else those of the open corpus.
 */
@OnTheApiServer
class DescribedCorpusApiServerTest {

    private static final boolean ALL = "true".equals(System.getenv("KUBESENT_NIGHTLY"));

    /** kubectl prints a namespace at a time, and {@code explain} reads so many pods at most. */
    private static final int A_NAMESPACE = 50;

    /** What is "now" in every report. */
    private static final Instant AS_OF = Instant.parse("2026-01-01T12:00:00Z");

    private static final Pattern NEXT = Pattern.compile("(?m)(?=^Name: {2,})");

    /** That reports name, and that the API server wants to be there. */
    private static final List<String> RUNTIME_CLASSES = List.of("nvidia", "kata");

    private final ApiServer server = ApiServer.required();

    @TempDir
    private Path folder;

    @Test
    void a_description_says_nothing_untrue_and_nearly_as_much_as_the_object() throws Exception {
        var reports = reports();
        RUNTIME_CLASSES.forEach(this::runtimeClass);
        var described = described(reports);

        var whole = new ArrayList<Verdict.Judged>();
        var judged = new ArrayList<Verdict.Judged>();
        for (var report : reports) {
            if (described.containsKey(report)) {
                whole.add(Corpus.judge(report));
                judged.add(Explained.judge(report, files(report, Objects.requireNonNull(described.get(report)))));
            }
        }
        var both = "%d reports as objects%n%sdescribed%n%s%s%n"
                .formatted(judged.size(), Corpus.summary(whole), Corpus.summary(judged), differences(whole, judged));
        System.out.println(both);

        assertThat(judged).hasSizeGreaterThanOrEqualTo(reports.size() * 95 / 100);
        assertThat(Corpus.count(judged, Verdict.WRONG))
                .as(both)
                .isLessThanOrEqualTo(Corpus.count(whole, Verdict.WRONG));
        assertThat(Corpus.count(judged, Verdict.RIGHT))
                .as(both)
                .isGreaterThanOrEqualTo(Corpus.count(whole, Verdict.RIGHT) * 95 / 100);
    }

    private void runtimeClass(String name) {
        server.admin()
                .resource(new RuntimeClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withHandler(name)
                        .build())
                .serverSideApply();
    }

    private static String differences(List<Verdict.Judged> whole, List<Verdict.Judged> judged) {
        return IntStream.range(0, judged.size())
                .filter(at -> judged.get(at).verdict() != whole.get(at).verdict())
                .mapToObj(at -> "%n  %s%n  %s".formatted(whole.get(at), judged.get(at)))
                .collect(Collectors.joining());
    }

    private static List<Report> reports() {
        return ALL ? Report.below(Report.ALL) : Report.below(Report.ALL.resolve("open"));
    }

    private List<Path> files(Report report, String description) throws Exception {
        var text = Files.writeString(folder.resolve("describe.txt"), description);
        var logs = report.request().path("logs").asText();
        return logs.isEmpty()
                ? List.of(text)
                : List.of(text, Files.writeString(folder.resolve("log.txt"), logs + "\n"));
    }

    private Map<Report, String> described(List<Report> reports) throws Exception {
        var namespaces = new ArrayList<Map<String, Report>>();
        for (var report : reports) {
            var name = report.request().at("/pod/metadata/name").asText();
            namespaces.stream()
                    .filter(some -> some.size() < A_NAMESPACE && !some.containsKey(name))
                    .findFirst()
                    .orElseGet(() -> {
                        namespaces.add(new LinkedHashMap<>());
                        return namespaces.getLast();
                    })
                    .put(name, report);
        }
        var all = new LinkedHashMap<Report, String>();
        for (int at = 0; at < namespaces.size(); at++) {
            all.putAll(described("described-" + at, namespaces.get(at)));
        }
        return all;
    }

    private Map<Report, String> described(String namespace, Map<String, Report> reports) throws Exception {
        server.namespace(namespace);
        server.admin()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
        var written = new LinkedHashMap<String, Report>(reports);
        written.values().removeIf(report -> !isWritten(namespace, report));
        var printed = Kubectl.required(server).run("describe", "pods", "-n", namespace);
        assertThat(printed.code()).as(printed.output()).isZero();
        var texts = NEXT.splitAsStream(printed.output())
                .filter(text -> text.startsWith("Name:"))
                .collect(Collectors.toMap(
                        text -> text.lines()
                                .findFirst()
                                .orElseThrow()
                                .substring(5)
                                .strip(),
                        text -> text));
        var described = new LinkedHashMap<Report, String>();
        written.forEach((name, report) -> described.put(report, Objects.requireNonNull(texts.get(name), name)));
        return described;
    }

    /** @return whether the API server took it: a rebuilt pod may lack what is checked there, or name what is not there */
    private boolean isWritten(String namespace, Report report) {
        var tree = (ObjectNode) report.request().path("pod").deepCopy();
        var status = tree.path("status");
        var meta = tree.withObject("/metadata");
        meta.put("namespace", namespace)
                .remove(List.of(
                        "uid",
                        "resourceVersion",
                        "creationTimestamp",
                        "ownerReferences",
                        "generation",
                        "managedFields"));
        try {
            var pod =
                    server.admin().resource(KubernetesJson.as(tree, Pod.class)).create();
            var written = (ObjectNode) KubernetesJson.tree(pod);
            written.set("status", status);
            server.admin().resource(KubernetesJson.as(written, Pod.class)).updateStatus();
            int at = 0;
            for (var event : report.request().path("events")) {
                write(report, pod, event, at++);
            }
            return true;
        } catch (KubernetesClientException e) {
            System.out.println("not written: " + report + ": " + e.getMessage());
            return false;
        }
    }

    private void write(Report report, Pod pod, JsonNode event, int at) {
        var age = Duration.between(
                Instant.parse(report.request().at("/pod/status/startTime").asText(AS_OF.toString())), AS_OF);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        // The corpus has no times of events, but their order.
        var last = now.minusSeconds(60).plusSeconds(at);
        var isOld = event.path("count").asInt(1) > 1
                || event.path("reason").asText().equals("Scheduled");
        var first = isOld ? now.minus(age).plusSeconds(at) : last;
        server.admin()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName() + "." + at)
                        .endMetadata()
                        .withInvolvedObject(new ObjectReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("Pod")
                                .withNamespace(pod.getMetadata().getNamespace())
                                .withName(pod.getMetadata().getName())
                                .withUid(pod.getMetadata().getUid())
                                .build())
                        .withType(event.path("type").asText("Normal"))
                        .withReason(event.path("reason").asText())
                        .withMessage(event.path("message").asText())
                        .withCount(event.path("count").asInt(1))
                        .withFirstTimestamp(first.toString())
                        .withLastTimestamp(
                                (event.path("reason").asText().equals("Scheduled") ? first : last).toString())
                        .withNewSource("kubelet", null)
                        .build())
                .create();
    }
}
