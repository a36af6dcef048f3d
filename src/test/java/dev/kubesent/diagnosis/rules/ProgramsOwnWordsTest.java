package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A program that runs containers itself (a CI runner, Docker in Docker) or an operator prints of them what the kubelet prints of its pods, and
 * writes it into its termination message. That is never sure of the program's own start, volumes and image.
 */
class ProgramsOwnWordsTest {

    private static final int ACTS = 90;

    private static final int LEAST = 1_200;

    private static final List<String> FAMILIES = List.of("start", "loader", "sandbox", "volume", "image");

    /** An error of the program's own, and what docker and shells end with where a command could not be started. */
    private static final List<Integer> EXIT_CODES = List.of(1, 125, 127, 128);

    @TestFactory
    Stream<DynamicTest> what_a_program_prints_of_containers_is_not_sure_of_its_own() throws IOException {
        var base = CauseCase.known()
                .filter(one -> one.toString().equals("running/java-dns"))
                .findFirst()
                .orElseThrow();
        var tests = new ArrayList<DynamicTest>();
        for (var family : FAMILIES) {
            for (var text : examples(family)) {
                EXIT_CODES.stream()
                        .map(code -> dynamicTest(
                                code + " " + text.lines().findFirst().orElse(""), () -> isNotSure(base, text, code)))
                        .forEach(tests::add);
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(LEAST);
        return tests.stream();
    }

    private static List<String> examples(String family) throws IOException {
        var file = Files.readString(Path.of("src/main/resources/signatures/" + family + ".yaml"));
        return KubernetesJson.parse(file.split("\n---\n", 2)[1], JsonNode.class)
                .valueStream()
                .flatMap(entry -> entry.path("examples").valueStream())
                .map(example -> example.path("text").asText())
                .toList();
    }

    private static void isNotSure(CauseCase base, String text, int exitCode) {
        var pod = base.pod().deepCopy();
        ((ObjectNode) pod.at("/status/containerStatuses/0/lastState/terminated"))
                .put("message", text)
                .put("exitCode", exitCode)
                .put("reason", "Error");
        var said = Rules.diagnose(
                base.with(pod).with(text.lines().toList(), List.of()).evidence().orElseThrow());

        assertThat(said.confidence()).as(said.toString()).isLessThan(ACTS);
    }
}
