package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.MemoryUsage;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.ServiceFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.Surroundings;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.evidence.run.JobFacts;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure as it was really printed, and its true cause: a file of src/test/resources/causes, whose folder is its class.
 *
 * @param instead the cause that it looks like and is not; empty where it looks like what it is
 */
record CauseCase(
        Path file,
        Cause cause,
        Optional<Cause> instead,
        String says,
        String saysNot,
        JsonNode pod,
        List<String> log,
        List<ObservedEvent> events,
        Set<NodeFacts.Trouble> node,
        List<ServiceFacts> services,
        List<RunningImage> images,
        List<MemoryUsage> usage) {

    private static final Path FOLDER = Path.of("src/test/resources/causes");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static List<CauseCase> all() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(CauseCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CauseCase read(Path file) {
        try {
            var yaml = KubernetesJson.parse(Files.readString(file), JsonNode.class);
            return new CauseCase(
                    file,
                    Cause.valueOf(yaml.path("cause").asText()),
                    Optional.of(yaml.path("looksLike").asText())
                            .filter(name -> !name.isEmpty())
                            .map(Cause::valueOf),
                    yaml.path("says").asText(),
                    yaml.path("saysNot").asText("(nothing)"),
                    yaml.path("pod"),
                    yaml.path("log").asText().lines().toList(),
                    yaml.path("events").valueStream().map(CauseCase::event).toList(),
                    yaml.has("node")
                            ? Set.of(NodeFacts.Trouble.valueOf(yaml.path("node").asText()))
                            : Set.of(),
                    yaml.path("services").valueStream().map(CauseCase::service).toList(),
                    yaml.path("running").valueStream().map(CauseCase::image).toList(),
                    yaml.path("usage").propertyStream().map(CauseCase::usage).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "Reason: message", as kubectl describe prints it; or the same as {@code event}, and when it was seen {@code last}. */
    private static ObservedEvent event(JsonNode given) {
        var parts = (given.isObject() ? given.path("event") : given).asText().split(": ", 2);
        return new ObservedEvent(
                parts[0],
                parts[1],
                "",
                Optional.of(given.path("last").asText())
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse));
    }

    /** An image; or the same as {@code image}, and its pod's {@code pullSecrets}. */
    private static RunningImage image(JsonNode given) {
        return given.isObject()
                ? new RunningImage(
                        given.path("image").asText(),
                        given.path("pullSecrets")
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList())
                : new RunningImage(given.asText());
    }

    private static ServiceFacts service(JsonNode facts) {
        return new ServiceFacts(
                facts.path("host").asText(),
                facts.path("display").asText(),
                facts.path("there").asBoolean(),
                facts.path("ports").valueStream().map(JsonNode::asInt).collect(Collectors.toSet()),
                facts.path("ready").asInt());
    }

    /** Pod: quantity. */
    private static MemoryUsage usage(Map.Entry<String, JsonNode> used) {
        return new MemoryUsage(
                used.getKey(), "app", Memory.parse(used.getValue().asText()));
    }

    CauseCase with(List<String> otherLog, List<ObservedEvent> otherEvents) {
        return new CauseCase(
                file, cause, instead, says, saysNot, pod, otherLog, otherEvents, node, services, images, usage);
    }

    CauseCase with(JsonNode otherPod) {
        return new CauseCase(file, cause, instead, says, saysNot, otherPod, log, events, node, services, images, usage);
    }

    /** images, starting, running, probes, memory, pending, lifecycle. */
    String category() {
        return file.getName(file.getNameCount() - 2).toString();
    }

    /** Empty where the pod, a mutated one, shows no failure of the container any more. */
    Optional<Evidence> evidence() {
        try {
            var live = KubernetesJson.parseJson(
                    pod.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), Pod.class);
            return Failures.all(live, NOW).stream()
                    .filter(failure -> failure.subject().container().equals("app"))
                    .findFirst()
                    .map(failure -> evidence(failure, live));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Evidence evidence(Failure failure, Pod live) {
        return new Evidence(
                failure,
                live,
                NOW,
                failure instanceof Failure.ImagePull
                        ? new Reading.Missing<>(Source.LOG, "the container never ran")
                        : new Reading.Present<>(log),
                new Reading.Present<>(events),
                new Reading.Present<>(new OwnerChain(List.of())),
                new Reading.Missing<>(Source.NAMESPACE, "of no matter here"),
                new Reading.Present<>(List.of()),
                new Reading.Present<>(List.of()),
                new Reading.Present<>(new NodeFacts("node-1", node, Optional.empty())),
                new Reading.Present<>(History.NONE),
                new Surroundings(
                        new Reading.Present<>(services),
                        new Reading.Present<>(RolloutFacts.NONE),
                        new Reading.Present<>(images),
                        new Reading.Present<>(new RegistryFacts.NotAsked()),
                        new Reading.Present<>(TrafficFacts.NONE),
                        new Reading.Present<>(usage),
                        new Reading.Present<>(JobFacts.NONE)));
    }

    @Override
    public String toString() {
        return category() + "/" + file.getFileName().toString().replace(".yaml", "");
    }

    static Stream<CauseCase> known() {
        return all().stream().filter(one -> one.cause() != Cause.UNKNOWN);
    }
}
