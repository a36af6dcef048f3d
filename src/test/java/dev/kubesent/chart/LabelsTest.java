package dev.kubesent.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people search and group objects by is on every object that a kustomization makes. */
class LabelsTest {

    static List<String> kustomizations() throws IOException {
        var all = new ArrayList<>(List.of("knative"));
        for (var folder : List.of("knative/overlays", "knative/cleanup")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                found.filter(LabelsTest::isWhole)
                        .map(Path::toString)
                        .sorted(Comparator.naturalOrder())
                        .forEach(all::add);
            }
        }
        assertThat(all).hasSizeGreaterThan(15);
        return all;
    }

    /** A component only changes what others make. */
    private static boolean isWhole(Path folder) {
        try {
            return !Files.readString(folder.resolve("kustomization.yaml")).contains("kind: Component");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void every_object_says_what_it_belongs_to(String folder) throws Exception {
        var objects = Manifests.of(folder).objects();

        assertThat(objects).isNotEmpty();
        objects.forEach((key, object) -> {
            var labels = object.at("/metadata/labels");
            assertThat(labels.path("app.kubernetes.io/name").asText()).as(key).isIn("kubesent", "kubesent-cleanup");
            assertThat(labels.path("app.kubernetes.io/part-of").asText())
                    .as(key)
                    .isEqualTo("kubesent");
        });
    }
}
