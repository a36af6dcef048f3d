package dev.kubesent.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the values may be is told once: in the schema, whose settings are those of docs/settings.md. */
class ChartValuesTest {

    private static final Path SCHEMA = ChartTemplatesTest.CHART.resolve("values.schema.json");

    /** Values of their own, or the shape's to say. */
    private static final Set<String> NOT_AMONG_SETTINGS = Set.of(
            "KUBESENT_ALLOW",
            "KUBESENT_CLUSTER",
            "KUBESENT_FEED",
            "KUBESENT_MAX_MEMORY",
            "KUBESENT_MODE",
            "KUBESENT_NAMESPACE",
            "KUBESENT_SENDER_AUDIENCE");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(KUBESENT_[A-Z_]+)` \\| `--");

    @Test
    void the_settings_of_the_schema_are_those_of_the_page() throws IOException {
        var page = ROW.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(page).hasSizeGreaterThan(35).containsAll(NOT_AMONG_SETTINGS).contains("KUBESENT_BUDGET");
        page.removeAll(NOT_AMONG_SETTINGS);

        var schema = schema();
        var settings = schema.withObject("/properties/settings/properties").removeAll();
        page.forEach(name -> settings.putObject(name)
                .putArray("type")
                .add("string")
                .add("integer")
                .add("boolean"));

        var words = Arrays.stream(Permission.values()).map(Permission::word).collect(Collectors.joining("|", "(", ")"));
        schema.withObject("/properties/allow").put("pattern", "^(none|%1$s(,%1$s)*)?$".formatted(words));

        Golden.assertMatches(SCHEMA, pretty(schema));
    }

    @Test
    void every_value_has_a_default_and_every_default_is_a_value() throws IOException {
        var values = values(
                "",
                KubernetesJson.parse(
                        Files.readString(ChartTemplatesTest.CHART.resolve("values.yaml")), JsonNode.class));
        var allowed = properties("", schema());
        allowed.removeIf(path -> path.equals("/global") || path.matches("/(settings|resources)/.*"));

        assertThat(values).hasSizeGreaterThan(25).containsExactlyInAnyOrderElementsOf(allowed);
    }

    @Test
    void the_schema_leaves_no_object_open_but_those_of_others() throws IOException {
        var open = new ArrayList<String>();
        open("", schema(), open);

        assertThat(open).containsExactlyInAnyOrder("/global", "/env", "/resources/requests", "/resources/limits");
    }

    @Test
    void the_versions_of_the_chart_are_that_of_the_build() throws IOException {
        var chart =
                KubernetesJson.parse(Files.readString(ChartTemplatesTest.CHART.resolve("Chart.yaml")), JsonNode.class);
        var pom = Pattern.compile("<revision>([^<]+)</revision>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        var version = pom.group(1).replace("-SNAPSHOT", "");

        assertThat(chart.path("version").asText()).isEqualTo(version);
        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
    }

    private static List<String> values(String path, JsonNode node) {
        var paths = new ArrayList<String>();
        node.properties().forEach(field -> {
            var at = path + "/" + field.getKey();
            paths.add(at);
            paths.addAll(values(at, field.getValue()));
        });
        return paths;
    }

    private static List<String> properties(String path, JsonNode schema) {
        var paths = new ArrayList<String>();
        schema.path("properties").properties().forEach(field -> {
            var at = path + "/" + field.getKey();
            paths.add(at);
            paths.addAll(properties(at, field.getValue()));
        });
        return paths;
    }

    private static void open(String path, JsonNode schema, List<String> open) {
        if (schema.path("type").asText().equals("object")
                && !schema.path("additionalProperties").toString().equals("false")) {
            open.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(field -> open(path + "/" + field.getKey(), field.getValue(), open));
    }

    private static ObjectNode schema() throws IOException {
        return KubernetesJson.parse(Files.readString(SCHEMA), ObjectNode.class);
    }

    private static String pretty(JsonNode node) throws JsonProcessingException {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node) + "\n";
    }
}
