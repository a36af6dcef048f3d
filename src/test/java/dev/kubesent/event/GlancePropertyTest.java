package dev.kubesent.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The look at the bytes may suspect too much; it must never drop what the full parse calls failing. */
class GlancePropertyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<byte[]> PODS = pods();
    private static final List<byte[]> WELL =
            PODS.stream().filter(StatusScan::isHealthy).toList();

    /** Some moment at which every captured failure is fresh, whatever its times. */
    private static final Instant FRESH = Instant.parse("2026-11-23T02:58:00Z");

    @Test
    void no_captured_or_written_event_of_a_failing_pod_is_dropped() {
        assertThat(PODS).hasSizeGreaterThan(60);
        PODS.forEach(GlancePropertyTest::neverDropsAFailingPod);
    }

    @Property(tries = 3000)
    void no_mutated_event_of_a_failing_pod_is_dropped(@ForAll("mutants") byte[] pod) {
        neverDropsAFailingPod(pod);
    }

    @Property(tries = 6000)
    void no_failing_pod_is_dropped_however_its_json_is_written(@ForAll("strangelyWritten") byte[] pod) {
        neverDropsAFailingPod(pod);
    }

    @Property(tries = 2000)
    void what_stands_in_the_array_behind_a_pod_says_nothing(@ForAll("strangelyWritten") byte[] pod) {
        var array = new byte[2 * pod.length];
        System.arraycopy(pod, 0, array, 0, pod.length);
        System.arraycopy(pod, 0, array, pod.length, pod.length);

        assertThat(StatusScan.isHealthy(array, pod.length)).isEqualTo(StatusScan.isHealthy(pod));
    }

    @Test
    void the_scan_sees_the_healthy_ones_and_some_however_they_are_written() {
        assertThat(PODS.stream().filter(StatusScan::isHealthy).count()).isGreaterThan(2);
        var random = new Random(1);
        var seen = IntStream.range(0, 2000)
                .filter(_ -> StatusScan.isHealthy(strange(random)))
                .count();
        assertThat(seen).isBetween(100L, 1900L);
    }

    @Test
    void the_property_is_not_empty() {
        assertThat(PODS.stream().filter(GlancePropertyTest::isFailing).count()).isGreaterThan(40);
        assertThat(PODS.stream().filter(GlancePropertyTest::isDropped).count()).isGreaterThan(4);
    }

    @Provide
    Arbitrary<byte[]> mutants() {
        return Arbitraries.longs().map(seed -> {
            var random = new Random(seed);
            return mutate(PODS.get(random.nextInt(PODS.size())), random);
        });
    }

    @Provide
    Arbitrary<byte[]> strangelyWritten() {
        return Arbitraries.longs().map(seed -> strange(new Random(seed)));
    }

    /** Every other one is a pod that is well, with a piece of another one in it. */
    private static byte[] strange(Random random) {
        try {
            var pods = random.nextBoolean() ? WELL : PODS;
            var pod = (ObjectNode) JSON.readTree(pods.get(random.nextInt(pods.size())));
            if (random.nextInt(3) == 0) {
                mutateOnce(pod, random);
            }
            var donor = JSON.readTree(PODS.get(random.nextInt(PODS.size())));
            return new StrangeJson(random, donor).written(pod);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void neverDropsAFailingPod(byte[] pod) {
        if (isDropped(pod)) {
            assertThat(isFailing(pod))
                    .as(new String(pod, StandardCharsets.UTF_8))
                    .isFalse();
        }
    }

    private static boolean isDropped(byte[] pod) {
        var event = new CloudEvent(
                Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "dev.knative.apiserver.resource.update"),
                pod,
                "application/json");
        return PodEvents.sight(event) instanceof Sighting.Unremarkable;
    }

    private static boolean isFailing(byte[] json) {
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            return pod.getMetadata() != null && !Failures.all(pod, FRESH).isEmpty();
        } catch (IOException e) {
            return false; // not a pod at all
        }
    }

    /** Moves, drops, doubles, reorders and swaps pieces of the status, and keeps the rest. */
    private static byte[] mutate(byte[] json, Random random) {
        try {
            var pod = (ObjectNode) JSON.readTree(json);
            for (int i = 0; i <= random.nextInt(4); i++) {
                mutateOnce(pod, random);
            }
            var reordered = JSON.createObjectNode();
            var names = new ArrayList<String>();
            pod.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            names.forEach(name -> reordered.set(name, pod.get(name)));
            return JSON.writeValueAsBytes(reordered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mutateOnce(ObjectNode pod, Random random) throws IOException {
        var donor = JSON.readTree(PODS.get(random.nextInt(PODS.size())));
        switch (random.nextInt(10)) {
            case 0 -> pod.set("status", part(donor, "/status"));
            case 1 -> object(pod, "status").set("initContainerStatuses", part(donor, "/status/containerStatuses"));
            case 2 -> container(pod, random).set("state", part(donor, "/status/containerStatuses/0/state"));
            case 3 -> container(pod, random).set("lastState", part(donor, "/status/containerStatuses/0/lastState"));
            case 4 -> container(pod, random).put("restartCount", random.nextInt(3));
            case 5 ->
                object(pod, "status")
                        .put(
                                "phase",
                                List.of("Running", "Pending", "Failed", "Unknown")
                                        .get(random.nextInt(4)));
            case 8 -> terminated(pod, random).put("exitCode", List.of(0, 1, 137).get(random.nextInt(3)));
            case 9 ->
                terminated(pod, random)
                        .put(
                                "reason",
                                List.of("OOMKilled", "Error", "Completed").get(random.nextInt(3)));
            case 6 -> container(pod, random).putObject("state").putNull("waiting");
            default ->
                object(pod, "spec")
                        .put(
                                "restartPolicy",
                                List.of("Always", "OnFailure", "Never").get(random.nextInt(3)));
        }
    }

    private static ObjectNode terminated(ObjectNode pod, Random random) {
        return object(object(container(pod, random), "state"), "terminated");
    }

    private static JsonNode part(JsonNode donor, String pointer) {
        var part = donor.at(pointer);
        return part.isMissingNode() ? JSON.nullNode() : part;
    }

    private static ObjectNode object(ObjectNode pod, String member) {
        return pod.get(member) instanceof ObjectNode object ? object : pod.putObject(member);
    }

    private static ObjectNode container(ObjectNode pod, Random random) {
        var statuses = pod.at("/status/containerStatuses");
        if (!(statuses instanceof ArrayNode array) || array.isEmpty()) {
            return object(pod, "status")
                    .putArray("containerStatuses")
                    .addObject()
                    .put("name", "app");
        }
        return array.get(random.nextInt(array.size())) instanceof ObjectNode one ? one : array.addObject();
    }

    /** The pods of all scenarios and samples, and where they lie beside us, of all captures. */
    private static List<byte[]> pods() {
        var pods = new ArrayList<byte[]>();
        for (var folder :
                List.of("src/test/resources/scenarios", "events", "../shared/captures/cloudevents/resource")) {
            var path = Path.of(folder);
            if (!Files.isDirectory(path)) {
                continue;
            }
            try (var files = Files.walk(path)) {
                files.filter(f -> f.toString().endsWith(".http")).sorted().forEach(f -> pod(f, pods));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pods;
    }

    private static void pod(Path file, List<byte[]> pods) {
        try {
            var body = Files.readString(file).split("\r?\n\r?\n", 2)[1];
            JsonNode tree = JSON.readTree(body);
            if (tree.has("metadata")) {
                pods.add(body.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The malformed sample: its own scenario says what comes of it.
        }
    }
}
