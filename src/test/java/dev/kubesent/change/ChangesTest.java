package dev.kubesent.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.testing.cures.Changes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of change says of itself, and that nobody asks for the kind instead. */
class ChangesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/kubesent");

    /** The one place that tells the kinds apart, to find who makes them. */
    private static final Path WHO_MAKES_THEM = MAIN.resolve("remedy/Remedies.java");

    static List<Changes> each() {
        assertThat(Changes.EACH).hasSizeGreaterThanOrEqualTo(8);
        return Changes.EACH;
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_change_says_what_is_to_be_asked_of_it(Changes kind) {
        assertThat(Changes.Traits.of(kind.sample())).isEqualTo(kind.traits());
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_process_is_killed_in_the_middle_of_it(Changes kind) {
        assertThat(kind.killed().size() + kind.killedLater().size()).isPositive();
    }

    @Test
    void a_change_sets_what_its_kind_may_set_and_nothing_else() {
        var ofPods = Set.of("spec.containers[*].resources", "spec.initContainers[*].resources");

        assertThat(Changes.samples()).allSatisfy(change -> {
            assertThat(change.operations().stream()
                            .filter(operation -> !(operation instanceof PatchOperation.Test))
                            .map(PatchOperation::path))
                    .allMatch(path -> change.maySet(path, ofPods));
            assertThat(change.maySet("/spec/replicas", ofPods)).isFalse();
            assertThat(change.maySet("/spec/template/spec/serviceAccountName", ofPods))
                    .isFalse();
        });
    }

    @Test
    void a_record_holds_a_change_and_none_of_its_traits() {
        assertThat(Changes.samples().map(Change::remedy))
                .containsExactlyInAnyOrderElementsOf(kinds(Change.class).stream()
                        .filter(Class::isRecord)
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(Changes.samples()).allSatisfy(change -> {
            var record = KubernetesJson.tree(change);
            var components = Arrays.stream(change.getClass().getRecordComponents())
                    .map(component -> component.getName())
                    .collect(Collectors.toSet());
            components.add("remedy");
            record.fieldNames().forEachRemaining(name -> assertThat(components).contains(name));
            assertThat(KubernetesJson.tree(Change.parse(record.toString()))).isEqualTo(record);
        });
    }

    @Test
    void only_who_makes_changes_asks_of_what_kind_one_is() throws IOException {
        var kinds = kinds(Change.class).stream().map(Class::getSimpleName).collect(Collectors.toSet());
        var ladder = Pattern.compile(
                "\\b(case|instanceof)\\s[^;{}>]*\\b(%1$s)\\b|\\b(%1$s)\\.class\\b".formatted(String.join("|", kinds)));
        try (var files = Files.walk(MAIN)) {
            var sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("change")))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(500);
            assertThat(kinds).hasSizeGreaterThanOrEqualTo(8);
            assertThat(sources.stream()
                            .filter(file -> ladder.matcher(code(file)).find()))
                    .containsExactly(WHO_MAKES_THEM);
        }
    }

    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole sealed family. */
    private static Set<Class<?>> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind -> Stream.concat(Stream.of(kind), kind.isSealed() ? kinds(kind).stream() : Stream.of()))
                .collect(Collectors.toSet());
    }
}
