package dev.kubesent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.LambdaOverlay;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.StartsTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/** What tests themselves have to keep to. */
class TestsTest {

    private static final Pattern FLOOR =
            Pattern.compile("hasSize|hasSizeGreaterThan(OrEqualTo)?|isNotEmpty|isGreaterThan(OrEqualTo)?");

    private static final Set<String> JVM_WIDE = Set.of(
            "System.setProperty",
            "System.clearProperty",
            "System.setOut",
            "System.setErr",
            "Logger.addAppender",
            "Logger.setLevel",
            "Logger.setAdditive",
            "WaysOut.of");

    private static final Set<String> APPLICATIONS =
            Set.of("Front", "RunningApplication", "DoorAlone", "SpringApplication", "SpringApplicationBuilder");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.kubesent");

    /** One that makes no tests is green. */
    @Test
    void every_test_factory_has_a_floor() {
        methods()
                .that()
                .areAnnotatedWith(TestFactory.class)
                .should(haveAFloor())
                .check(TESTS);
    }

    private static ArchCondition<JavaMethod> haveAFloor() {
        return new ArchCondition<>("assert how many there are at least") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var has = method.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("org.assertj")
                                && FLOOR.matcher(call.getName()).matches());
                events.add(new SimpleConditionEvent(method, has, method.getFullName() + " has no floor"));
            }
        };
    }

    /** Two classes run at once: docs/decisions/0142-two-classes-at-once.md. */
    @Test
    void whoever_uses_the_api_server_of_the_run_says_so_and_is_alone_on_it() {
        classes()
                .that()
                .haveSimpleNameEndingWith("ApiServerTest")
                .should()
                .beAnnotatedWith(OnTheApiServer.class)
                .check(TESTS);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.kubesent.testing", "dev.kubesent.image")
                .and()
                .haveNameNotMatching(".*(ApiServerTest|TestsTest)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ApiServer.class, ApiServerTestCluster.class, LambdaOverlay.class)
                .check(TESTS);
    }

    @Test
    void a_class_that_changes_the_whole_jvm_runs_alone() {
        classes().that(changeTheJvm()).should().beAnnotatedWith(Isolated.class).check(TESTS);
    }

    @Test
    void a_class_that_starts_the_application_is_the_only_one_that_does() {
        classes()
                .that(startTheApplication())
                .should()
                .beAnnotatedWith(StartsTheApplication.class)
                .orShould()
                .beAnnotatedWith(Isolated.class)
                .check(TESTS);
    }

    private static DescribedPredicate<JavaClass> startTheApplication() {
        return DescribedPredicate.describe(
                "start the application in this JVM",
                one -> one.getSimpleName().endsWith("Test")
                        && one.getDirectDependenciesFromSelf().stream()
                                .anyMatch(on -> APPLICATIONS.contains(
                                        on.getTargetClass().getSimpleName())));
    }

    /** System properties, the standard streams, and what listens to a log: it would hear the other class as well. */
    private static DescribedPredicate<JavaClass> changeTheJvm() {
        return DescribedPredicate.describe(
                "set what the whole JVM has",
                one -> one.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> one.getSimpleName().endsWith("Test")
                                && JVM_WIDE.contains(call.getTargetOwner().getSimpleName() + "." + call.getName())));
    }

    /** With it each golden file is what it has to be. */
    @Test
    void the_gate_does_not_run_where_golden_files_would_be_written() throws IOException, InterruptedException {
        var said = Files.createTempFile("gate", ".log");
        var gate = new ProcessBuilder(".ci/run").redirectErrorStream(true).redirectOutput(said.toFile());
        gate.environment().put("GOLDEN", "write");
        var process = gate.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // else it would run itself again and again
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(said).content().contains("GOLDEN");
    }
}
