package dev.kubesent.diagnosis.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.signature.Signature;
import dev.kubesent.diagnosis.signature.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of signatures of Kubernetes' own words promise: what others really saw is known, and by the entry that is meant. */
class SourcesTest {

    private static final List<String> FAMILIES = List.of("image", "start", "volume", "sandbox", "schedule", "probe");

    /** Entries, and those of them that have a public source so far; both only grow. */
    private static final int LEAST = 130;

    private static final int LEAST_WITH_A_SOURCE = 78;

    private record Example(String family, String id, String reason, String text, String source) {
        @Override
        public String toString() {
            return family + "/" + id + " " + source;
        }
    }

    static List<Example> examples() {
        return FAMILIES.stream().flatMap(SourcesTest::of).toList();
    }

    static List<Signature> entries() {
        return FAMILIES.stream()
                .flatMap(family -> Signatures.of(family).all().stream())
                .toList();
    }

    private static Stream<Example> of(String family) {
        try {
            var parts = Files.readString(Path.of("src/main/resources/signatures/" + family + ".yaml"))
                    .split("\n---\n", 2);
            return KubernetesJson.parse(parts[1], JsonNode.class)
                    .propertyStream()
                    .flatMap(entry -> entry.getValue()
                            .path("examples")
                            .valueStream()
                            .map(example -> new Example(
                                    family,
                                    entry.getKey(),
                                    example.path("reason").asText(),
                                    example.path("text").asText(),
                                    example.path("source").asText())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void there_are_as_many_as_there_were() {
        assertThat(entries()).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(entries().stream().map(Signature::id)).doesNotHaveDuplicates();
        assertThat(examples().stream().map(Example::id).distinct()).hasSizeGreaterThanOrEqualTo(LEAST_WITH_A_SOURCE);
        assertThat(examples()).noneMatch(example -> example.source().isBlank());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_others_saw_is_known_by_its_entry(Example example) {
        var chain = Chain.of(example.reason(), example.text(), Names.NONE);

        var found = Found.in(chain, Signatures.of(example.family()), _ -> true);

        assertThat(found.orElseThrow().signature().id()).isEqualTo(example.id());
        assertThat(found.orElseThrow().explanation()).doesNotContain("{", "}", "[ ", "  ");
    }
}
