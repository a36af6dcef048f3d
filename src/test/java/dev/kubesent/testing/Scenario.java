package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.testing.objects.ClusterFile;
import dev.kubesent.testing.objects.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder: {@code event.http} or {@code event.json}, {@code objects.yaml} (what the cluster has beside its base and the event's pod, and what
 * differs from them: {@link ClusterFile}), {@code log.txt} (what the failing container printed), {@code registry.yaml}, {@code then-1.yaml} and
 * so on ({@link Step}: what happens later), {@code expected.yaml}.
 */
public record Scenario(Path folder, String suffix) {

    private static final Path ALL = Path.of("src/test/resources/scenarios");
    private static final Pattern TIME = Pattern.compile("(?im)^\\s*\"?(?:ce-)?time\"?:\\s*\"?([^\\s\",]+)");

    public static Stream<Scenario> all() {
        try (var folders = Files.list(ALL)) {
            return folders
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> new Scenario(folder, ""))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Scenario named(String name) {
        return new Scenario(ALL.resolve(name), "");
    }

    /** A namespace has 63 characters at most (DNS-1123 label). */
    private String suffixed() {
        return name().substring(0, Math.min(name().length(), 63 - suffix.length())) + suffix;
    }

    /** The same in a namespace of its own, so that it can run once more on the same API server. */
    public Scenario suffixed(String ofNamespace) {
        return new Scenario(folder, "-" + ofNamespace);
    }

    public String name() {
        return folder.getFileName().toString();
    }

    public Path expected() {
        return folder.resolve("expected.yaml");
    }

    /** The event's file: its name says which mode it is in. */
    public Path eventFile() {
        return Stream.of("event.http", "event.json")
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    public String event() {
        return read(eventFile()).replace(name(), suffixed());
    }

    /** Each scenario has a namespace of its own, so that they can share an API server. */
    public String namespace() {
        return name().startsWith("protected-") ? "kube-system" : suffixed();
    }

    /** Only where the folder has a file {@code tells-across-namespaces}: what runs on the setting of that name. */
    public boolean tellsAcrossNamespaces() {
        return Files.exists(folder.resolve("tells-across-namespaces"));
    }

    /** When the source sent the event. */
    public Instant time() {
        var matcher = TIME.matcher(event());
        if (!matcher.find()) {
            throw new IllegalStateException(name() + " has no time");
        }
        return Instant.parse(matcher.group(1));
    }

    public Optional<String> log() {
        var file = folder.resolve("log.txt");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** What registries say that may be asked; empty where none may. */
    public Optional<String> registry() {
        var file = folder.resolve("registry.yaml");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Of the API server, where it matters. */
    public Optional<KubernetesVersion> version() {
        var file = folder.resolve("version.txt");
        return Files.exists(file)
                ? Optional.of(read(file).strip().split("\\.")).map(parts -> KubernetesVersion.parse(parts[0], parts[1]))
                : Optional.empty();
    }

    /** What happens after the event. */
    public List<Step> steps() {
        return IntStream.rangeClosed(1, 99)
                .mapToObj(number -> folder.resolve("then-" + number + ".yaml"))
                .takeWhile(Files::exists)
                .map(file -> Step.parse(read(file), text -> text.replace(name(), suffixed()), namespace()))
                .toList();
    }

    /** As JSON, the event's pod last, but before what admission would hold against it. */
    public List<String> objects() {
        var own = folder.resolve("objects.yaml");
        var text = Files.exists(own) ? read(own) : "";
        var cluster = new ClusterFile(namespace()).withBaseOf(text, "cluster");
        EventPod.of(this)
                .map(pod -> KubernetesJson.parse(pod, ObjectNode.class))
                .ifPresent(cluster::withEventPod);
        return cluster.with(text.replace(name(), suffixed())).objects();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
