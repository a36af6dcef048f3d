package dev.kubesent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.command.PersonWriter;
import dev.kubesent.gate.Approved;
import dev.kubesent.gate.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrow of the stages, the edge, and the habits of the house. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.kubesent");

    private static final Path MAIN = Path.of("src/main/java/dev/kubesent");

    @Test
    void the_stages_depend_on_earlier_ones_only() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("redaction")
                .definedBy("dev.kubesent.redaction")
                .layer("text")
                .definedBy("dev.kubesent.text")
                .layer("time")
                .definedBy("dev.kubesent.time")
                .layer("cluster")
                .definedBy("dev.kubesent.cluster", "dev.kubesent.cluster.rights")
                .layer("clusters")
                .definedBy("dev.kubesent.cluster.fabric8", "dev.kubesent.cluster.memory", "dev.kubesent.cluster.eks")
                .layer("api")
                .definedBy("dev.kubesent.api.v1alpha1")
                .layer("event")
                .definedBy("dev.kubesent.event")
                .layer("failure")
                .definedBy("dev.kubesent.failure")
                .layer("change")
                .definedBy("dev.kubesent.change")
                .layer("incident")
                .definedBy("dev.kubesent.incident")
                .layer("evidence")
                .definedBy("dev.kubesent.evidence..")
                .layer("action")
                .definedBy("dev.kubesent.action")
                .layer("diagnosis")
                .definedBy("dev.kubesent.diagnosis..")
                .layer("gate")
                .definedBy("dev.kubesent.gate..")
                .layer("remedy")
                .definedBy("dev.kubesent.remedy..")
                .layer("report")
                .definedBy("dev.kubesent.report")
                .layer("consultation")
                .definedBy("dev.kubesent.consultation")
                .layer("storm")
                .definedBy("dev.kubesent.storm")
                .layer("lifecycle")
                .definedBy("dev.kubesent.lifecycle")
                .layer("pipeline")
                .definedBy("dev.kubesent.pipeline..")
                .layer("sender")
                .definedBy("dev.kubesent.sender")
                .layer("archive")
                .definedBy("dev.kubesent.archive")
                .layer("registry")
                .definedBy("dev.kubesent.registry")
                .layer("cleanup")
                .definedBy("dev.kubesent.cleanup")
                .layer("command")
                .definedBy("dev.kubesent.command")
                .layer("scan")
                .definedBy("dev.kubesent.scan..")
                .layer("ui")
                .definedBy("dev.kubesent.ui")
                .layer("watch")
                .definedBy("dev.kubesent.watch")
                .layer("lambda")
                .definedBy("dev.kubesent.lambda")
                .layer("function")
                .definedBy("dev.kubesent.function..")
                .whereLayer("redaction")
                .mayOnlyAccessLayers("text")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("time")
                .mayNotAccessAnyLayer()
                .whereLayer("api")
                .mayOnlyAccessLayers("redaction", "time", "cluster")
                .whereLayer("sender")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("clusters")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("event")
                .mayOnlyBeAccessedByLayers("sender", "report", "pipeline", "scan", "lambda", "watch", "function")
                .whereLayer("failure")
                .mayOnlyBeAccessedByLayers(
                        "change",
                        "incident",
                        "evidence",
                        "action",
                        "diagnosis",
                        "gate",
                        "remedy",
                        "report",
                        "consultation",
                        "lifecycle",
                        "pipeline",
                        "scan")
                .whereLayer("change")
                .mayOnlyBeAccessedByLayers(
                        "incident",
                        "evidence",
                        "action",
                        "gate",
                        "remedy",
                        "consultation",
                        "storm",
                        "lifecycle",
                        "pipeline",
                        "command",
                        "scan",
                        "ui",
                        "function")
                .whereLayer("change")
                .mayOnlyAccessLayers("api", "redaction", "cluster", "failure")
                .whereLayer("incident")
                .mayOnlyBeAccessedByLayers(
                        "evidence",
                        "gate",
                        "report",
                        "archive",
                        "lifecycle",
                        "pipeline",
                        "command",
                        "scan",
                        "ui",
                        "function")
                .whereLayer("archive")
                .mayOnlyBeAccessedByLayers("lifecycle", "pipeline", "function")
                .whereLayer("evidence")
                .mayOnlyBeAccessedByLayers(
                        "action",
                        "diagnosis",
                        "gate",
                        "remedy",
                        "archive",
                        "registry",
                        "consultation",
                        "lifecycle",
                        "pipeline",
                        "scan")
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("action")
                .mayOnlyBeAccessedByLayers("diagnosis", "gate", "remedy", "consultation", "lifecycle", "pipeline")
                .whereLayer("action")
                .mayOnlyAccessLayers("api", "redaction", "cluster", "failure", "change", "evidence")
                .whereLayer("diagnosis")
                .mayOnlyBeAccessedByLayers(
                        "gate", "remedy", "consultation", "lifecycle", "pipeline", "scan", "function")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers(
                        "remedy", "consultation", "storm", "lifecycle", "pipeline", "command", "scan", "function")
                .whereLayer("remedy")
                .mayOnlyBeAccessedByLayers("lifecycle", "pipeline", "scan", "function")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("lifecycle", "pipeline", "function")
                .whereLayer("consultation")
                .mayOnlyBeAccessedByLayers("lifecycle", "pipeline", "function")
                .whereLayer("storm")
                .mayOnlyBeAccessedByLayers("lifecycle", "pipeline")
                .whereLayer("lifecycle")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("lambda", "watch", "function")
                .whereLayer("cleanup")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("cleanup")
                .mayNotAccessAnyLayer()
                .whereLayer("command")
                .mayOnlyBeAccessedByLayers("clusters", "scan", "function")
                .whereLayer("scan")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("ui")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("lambda")
                .mayOnlyBeAccessedByLayers("function")
                .whereLayer("function")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    /** PortsTest looks at rooms; inside of one, {@code gate} and its constraints knew each other. */
    @Test
    void no_two_packages_know_each_other() {
        SlicesRuleDefinition.slices()
                .matching("dev.kubesent.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES.that(resideInAnyPackage(
                        "dev.kubesent.api..",
                        "dev.kubesent.change",
                        "dev.kubesent.action",
                        "dev.kubesent.incident",
                        "dev.kubesent.gate..",
                        "dev.kubesent.remedy..",
                        "dev.kubesent.consultation",
                        "dev.kubesent.storm",
                        "dev.kubesent.lifecycle")));
    }

    /** docs/decisions/0131: the state machine stays as small as its picture. */
    @Test
    void a_handler_of_a_phase_has_at_most_150_lines() throws IOException {
        for (var handler : List.of("Judging", "Acting", "Watching", "Undoing")) {
            assertThat(Files.readAllLines(MAIN.resolve("lifecycle").resolve(handler + ".java")))
                    .as(handler)
                    .hasSizeLessThanOrEqualTo(150);
        }
    }

    @Test
    void only_the_edge_knows_spring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kubesent.function..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void only_the_fabric8_side_knows_the_client() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.kubesent.cluster.fabric8",
                        "dev.kubesent.cluster",
                        "dev.kubesent.api.v1alpha1",
                        "dev.kubesent.function..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(CLASSES);
    }

    /** fabric8 encodes nothing of a name: one with a slash leads to another object. */
    @Test
    void only_one_place_names_what_is_asked_for() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Located")
                .should()
                .callMethodWhere(nameMatching("inNamespace|withName"))
                .orShould()
                .callMethodWhere(nameMatching("raw"))
                .check(CLASSES.that(resideOutsideOfPackage("dev.kubesent.function.."))); // it asks for fixed paths only
    }

    private static DescribedPredicate<JavaCall<?>> nameMatching(String regex) {
        return DescribedPredicate.describe(
                "is of fabric8, and called " + regex,
                call -> call.getTargetOwner().getPackageName().startsWith("io.fabric8.kubernetes.client")
                        && call.getName().matches(regex));
    }

    @Test
    void only_its_own_package_and_the_wiring_know_googles_sdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.kubesent.diagnosis.gemini", "dev.kubesent.function")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.genai..")
                .check(CLASSES);
    }

    @Test
    void only_the_way_to_eks_and_the_wiring_know_aws() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.kubesent.cluster.eks", "dev.kubesent.function")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..", "com.amazonaws..")
                .check(CLASSES);
    }

    @Test
    void only_remedies_hold_what_changes_workloads() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.kubesent.remedy..",
                        "dev.kubesent.cluster..",
                        "dev.kubesent.pipeline",
                        "dev.kubesent.function")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ClusterWriter.class)
                .check(CLASSES);
    }

    @Test
    void only_commands_hold_what_a_person_says() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.kubesent.command", "dev.kubesent.cluster..", "dev.kubesent.function")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(PersonWriter.class)
                .check(CLASSES);
    }

    @Test
    void only_the_gate_makes_an_approval() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Gate.class.getName())
                .should()
                .callConstructor(Approved.class, Change.class)
                .check(CLASSES);
    }

    @Test
    void the_pure_stages_read_nothing() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.kubesent.event", "dev.kubesent.failure", "dev.kubesent.action", "dev.kubesent.diagnosis..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ClusterReader.class)
                .check(CLASSES);
    }

    @Test
    void no_class_hides_behind_a_name_that_says_nothing() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_it_is_and_no_file_is_too_long() throws IOException {
        try (var walk = Files.walk(MAIN)) {
            for (var path : walk.toList()) {
                if (Files.isDirectory(path) && hasSources(path)) {
                    assertThat(path.resolve("package-info.java"))
                            .content()
                            .contains("@NullMarked")
                            .contains("/**");
                }
                if (path.toString().endsWith(".java")) {
                    assertThat(Files.readAllLines(path)).as(path.toString()).hasSizeLessThanOrEqualTo(limit(path));
                }
            }
        }
    }

    /** A rule, a constraint and a remedy fit on a screen or two. */
    private static int limit(Path file) {
        var small = List.of("diagnosis/rules", "gate/constraints");
        return small.stream().anyMatch(file.toString()::contains) ? 150 : 300;
    }

    private static boolean hasSources(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(".java"));
        }
    }
}
