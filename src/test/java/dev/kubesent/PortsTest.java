package dev.kubesent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.RecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may hold which port, and that no room needs one that needs it. ArchitectureTest has the order of the rooms, and the two ports that change something. */
class PortsTest {

    private static final String BASE = "dev.kubesent.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.kubesent");

    static Stream<Arguments> ports() {
        return Stream.of(
                Arguments.of(ClusterReader.class, new String[] {
                    "evidence..",
                    "gate..",
                    "incident",
                    "consultation",
                    "storm",
                    "lifecycle",
                    "pipeline",
                    "remedy..",
                    "report",
                    "command",
                    "scan",
                    "ui",
                    "function.health"
                }),
                Arguments.of(DryRun.class, new String[] {"gate..", "pipeline", "scan"}),
                Arguments.of(RecordWriter.class, new String[] {"incident", "storm", "pipeline", "report"}),
                Arguments.of(ClusterWatcher.class, new String[] {"watch", "function"}));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void a_port_is_held_by_whom_it_is_for(Class<?> port, String[] holders) {
        var packages = Stream.concat(
                        Stream.of(holders).map(BASE::concat),
                        Stream.of(BASE + "cluster..", "dev.kubesent.function")) // the two sides, and the wiring
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(port)
                .check(CLASSES);
    }

    /** All others judge by the evidence. */
    @Test
    void the_constraints_that_ask_the_cluster_are_these() {
        var asking = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(BASE + "gate.constraints"))
                .filter(type -> type.getAllFields().stream()
                        .anyMatch(field -> field.getRawType().isAssignableTo(ClusterReader.class)
                                || field.getRawType().isAssignableTo(DryRun.class)))
                .map(JavaClass::getSimpleName);

        assertThat(asking)
                .containsExactlyInAnyOrder(
                        "Constraints", // it has the others ask at the same time
                        "StillFailing",
                        "ServerAccepts",
                        "FieldNotFoughtOver",
                        "NotLeftToVpa",
                        "NoRightGained",
                        "NotMuted",
                        "NotPaused",
                        "NotReleasedByRollout",
                        "StillOurs",
                        "WithinBudget");
    }

    /** The two sides of the ports and the ports themselves are three rooms: a side knows whom it serves. */
    @Test
    void no_room_needs_one_that_needs_it() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new Rooms())
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .map(type -> new Rooms().getIdentifierOf(type))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(20);
    }

    private static final class Rooms implements SliceAssignment {

        private static final Set<String> SIDES = Set.of("fabric8", "memory", "eks");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var path = type.getPackageName().replace(BASE, "").split("\\.");
            return path.length > 1 && SIDES.contains(path[1])
                    ? SliceIdentifier.of(path[0], path[1])
                    : SliceIdentifier.of(path[0]);
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }

    /** flow.md is read first; a package-info that counts otherwise sends people to the wrong room. */
    @Test
    void a_package_has_the_number_that_flow_gives_it() throws IOException {
        var flow = Files.readString(Path.of("docs/flow.md"));
        var numbered = Pattern.compile("(?m)^ \\* Stages? ([\\d, and]+)[:,]");
        var found = 0;
        try (var files = Files.walk(Path.of("src/main/java/dev/kubesent"))) {
            for (var file :
                    files.filter(one -> one.endsWith("package-info.java")).toList()) {
                var stages = numbered.matcher(Files.readString(file));
                while (stages.find()) {
                    for (var number : stages.group(1).split("\\D+")) {
                        found++;
                        assertThat(paragraph(flow, number))
                                .as("stage %s of %s", number, file)
                                .contains("`" + room(file) + "`");
                    }
                }
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(11);
    }

    private static String paragraph(String flow, String number) {
        var found =
                Pattern.compile("(?ms)^" + number + "\\. .*?(?=^\\d+\\. |^$)").matcher(flow);
        return found.find() ? found.group() : "";
    }

    private static String room(Path file) {
        return Path.of("src/main/java/dev/kubesent")
                .relativize(file.getParent())
                .toString()
                .replace('/', '.');
    }
}
