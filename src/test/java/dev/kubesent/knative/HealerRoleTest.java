package dev.kubesent.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** An aggregationRule would be filled by a controller, some time after it is applied; so the sum of the roles is written out. */
class HealerRoleTest {

    private static final List<String> PARTS = List.of(
            "kubesent-reading",
            "kubesent-records",
            "kubesent-healer-template",
            "kubesent-healer-jobs",
            "kubesent-healer-knative",
            "kubesent-healer-resize",
            "kubesent-healer-replace");

    @Test
    void the_healer_is_its_parts_and_nothing_else() throws IOException {
        var parts = new HashSet<String>();
        for (var part : PARTS) {
            assertThat(rights(part)).as(part).isNotEmpty();
            parts.addAll(rights(part));
        }

        assertThat(parts).hasSizeGreaterThan(30).doesNotContain("batch jobs create", " pods/eviction create");
        assertThat(rights("kubesent-healer")).isEqualTo(parts);
    }

    /** As {@code apps deployments patch}. */
    private static Set<String> rights(String role) throws IOException {
        return Arrays.stream(Files.readString(Path.of("knative/base/220-healer.yaml"))
                        .split("(?m)^---$"))
                .map(document -> KubernetesJson.parse(document, JsonNode.class))
                .filter(object -> object.at("/metadata/name").asText().equals(role))
                .flatMap(object -> stream(object.path("rules")).flatMap(HealerRoleTest::rights))
                .collect(Collectors.toSet());
    }

    private static Stream<String> rights(JsonNode rule) {
        return stream(rule.path("apiGroups"))
                .flatMap(group -> stream(rule.path("resources"))
                        .flatMap(resource -> stream(rule.path("verbs"))
                                .map(verb -> group.asText() + " " + resource.asText() + " " + verb.asText())));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
