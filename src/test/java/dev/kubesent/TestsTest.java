package dev.kubesent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What tests themselves have to keep to. */
class TestsTest {

    private static final Pattern FLOOR =
            Pattern.compile("hasSize|hasSizeGreaterThan(OrEqualTo)?|isNotEmpty|isGreaterThan(OrEqualTo)?");

    /** One that makes no tests is green. */
    @Test
    void every_test_factory_has_a_floor() {
        var tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("dev.kubesent");

        methods()
                .that()
                .areAnnotatedWith(TestFactory.class)
                .should(haveAFloor())
                .check(tests);
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
