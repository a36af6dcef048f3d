package dev.kubesent.scenario;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.objects.ClusterFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A scenario is what differs from a base (docs/decisions/0126): copies do not come back, and no base is left over. */
class ScenarioBasesTest {

    private static final Pattern BASE = Pattern.compile("(?m)^# base: (\\S+)$");

    /** Bases that a scenario has without naming one. */
    private static final List<String> BY_DEFAULT = List.of("cluster");

    /** So many scenarios may have the same object before it is one of a base. */
    private static final int COPIES = 5;

    private record File(String scenario, String text) {}

    private record Told(String scenario, ObjectNode object) {}

    @Test
    void no_object_stands_whole_in_more_than_five_scenarios() {
        var told = files().flatMap(file ->
                        ClusterFile.documents(file.text().replace(file.scenario(), "$(NAMESPACE)")).stream()
                                .map(object -> new Told(file.scenario(), object)))
                .filter(one -> one.object().has("apiVersion"))
                .collect(groupingBy(Told::object, mapping(Told::scenario, toCollection(TreeSet::new))));

        assertThat(told).hasSizeGreaterThan(200);
        assertThat(told.values()).allSatisfy(scenarios -> assertThat(scenarios).hasSizeLessThanOrEqualTo(COPIES));
    }

    @Test
    void every_base_is_named_by_a_scenario_or_another_base() {
        var named = Stream.concat(files().map(File::text), bases().map(ScenarioBasesTest::read))
                .flatMap(text -> BASE.matcher(text).results().map(found -> found.group(1)))
                .collect(toCollection(TreeSet::new));
        named.addAll(BY_DEFAULT);
        named.remove("none");

        assertThat(bases().map(base -> base.getFileName().toString().replace(".yaml", "")))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(named);
    }

    private static Stream<File> files() {
        return Scenario.all()
                .flatMap(scenario -> yaml(scenario.folder())
                        .filter(file -> file.getFileName().toString().matches("objects\\.yaml|then-\\d+\\.yaml"))
                        .map(file -> new File(scenario.name(), read(file))));
    }

    private static Stream<Path> bases() {
        return yaml(ClusterFile.BASES);
    }

    private static Stream<Path> yaml(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
