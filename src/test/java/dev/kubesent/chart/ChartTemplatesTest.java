package dev.kubesent.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told once, in knative/, is what the chart says. Helm itself is asked in {@link ChartHelmTest}. */
class ChartTemplatesTest {

    static final Path CHART = Path.of("knative/chart");

    /** Not of knative/: written for the chart. */
    private static final List<String> WRITTEN =
            List.of("NOTES.txt", "_pod.tpl", "check.yaml", "monitoring.yaml", "tests");

    @Test
    void the_templates_are_those_of_the_kustomizations_and_there_are_no_others() throws Exception {
        var generated = Templates.generated();
        for (var file : generated.entrySet()) {
            Golden.assertMatches(CHART.resolve("templates").resolve(file.getKey()), file.getValue());
        }
        var expected = new ArrayList<>(WRITTEN);
        expected.addAll(generated.keySet());

        assertThat(names(CHART.resolve("templates"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_board_of_the_chart_is_the_board() throws IOException {
        Golden.assertMatches(
                CHART.resolve("files/grafana-board.json"),
                Files.readString(Path.of("knative/observability/grafana-board.json")));
    }

    @Test
    void the_alerts_of_the_chart_are_the_alerts() throws IOException {
        Golden.assertMatches(
                CHART.resolve("files/alerts.yaml"), Files.readString(Path.of("knative/observability/alerts.yaml")));
    }

    @Test
    void each_overlay_is_in_the_chart_or_it_is_said_why_not() throws IOException {
        assertThat(names(Path.of("knative/overlays")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Overlay.values()).map(Overlay::folderName).toList());
        var readme = Files.readString(CHART.resolve("README.md"));
        for (var overlay : Overlay.values()) {
            if (!overlay.isInChart()) {
                assertThat(readme).contains("`" + overlay.folderName() + "`").contains(overlay.whyNot());
            }
        }
    }

    /** A patch is no object of its own, so no template would show that one has changed; Places and _pod.tpl have to follow it. */
    @Test
    void what_the_overlays_patch_is_what_the_values_do() throws Exception {
        var knative = Manifests.of("knative");
        var text = new StringBuilder();
        for (var overlay : Overlay.values()) {
            if (overlay.isInChart() && overlay != Overlay.PLAIN) {
                text.append("%s (%s)\n".formatted(overlay.folder(), String.join(" ", overlay.arguments())));
                Patches.between(knative, overlay.manifests())
                        .forEach(patch -> text.append("  ").append(patch).append('\n'));
            }
        }

        Golden.assertMatches(Path.of("src/test/resources/chart/patches.txt"), text.toString());
    }

    /** Somebody may write CEL, a board or a comment with braces. */
    @Test
    void braces_of_a_manifest_are_not_read_by_helm() {
        assertThat(new Marks().resolve("a: \"{{ .Values.x }}\"")).isEqualTo("a: \"{{ \"{{\" }} .Values.x }}\"");
    }

    @Test
    void a_word_that_may_be_the_namespace_or_not_is_not_guessed_at() {
        assertThat(OwnNamespaceWords.replaced("x: request.namespace != 'kubesent' && e.manager == 'kubesent'"))
                .isEqualTo("x: request.namespace != '@@namespace@@' && e.manager == 'kubesent'");
        assertThatThrownBy(() -> OwnNamespaceWords.replaced("x: object.metadata.labels['by'] == 'kubesent'"))
                .hasMessageContaining("Say it here");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
