package dev.kubesent.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rules of knative/observability/alerts.yaml, and a promtool of this machine. */
final class Alerts {

    static final String HOW_TO_GET_PROMTOOL =
            "SKIPPED: no promtool; set KUBESENT_PROMTOOL to it (apt-get install prometheus brings one)";

    private Alerts() {}

    /** As Prometheus takes them. */
    static JsonNode file() throws IOException {
        return KubernetesJson.parse(Files.readString(Path.of("knative/observability/alerts.yaml")), JsonNode.class)
                .path("spec");
    }

    static List<JsonNode> rules() throws IOException {
        return StreamSupport.stream(file().path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    /** Which: {@code KUBESENT_PROMTOOL}; else what ../shared/neighbours has unpacked; else the path's. */
    static Optional<Path> promtool() {
        var given = Optional.ofNullable(System.getenv("KUBESENT_PROMTOOL")).map(Path::of).stream();
        var unpacked =
                Path.of(System.getProperty("user.home"), ".cache/kubesent/neighbours/prometheus/usr/bin/promtool");
        var onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"));
        return Stream.concat(given, Stream.concat(Stream.of(unpacked), onPath))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
