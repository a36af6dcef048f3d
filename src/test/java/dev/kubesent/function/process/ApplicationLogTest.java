package dev.kubesent.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.function.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** Each in a process of its own: there is one log in a process. */
class ApplicationLogTest {

    /** Times, process ids, and which process it is. */
    private static final String OF_THIS_PROCESS =
            "[0-9T:.]{12,}Z|\"(pid|_process_pid)\" ?: ?\\d+|\\b\\d{2,7} ---|\"timestamp\":[0-9.]+";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "logstash", "ecs", "gelf"})
    void it_is_as_boot_sets_it_up(String format) throws Exception {
        var settings = Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", format);

        var ours = told(settings, "ours");

        assertThat(ours.lines()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ours.replaceAll(OF_THIS_PROCESS, ""))
                .isEqualTo(told(settings, "boots").replaceAll(OF_THIS_PROCESS, ""));
        assertThat(ours).contains("one at INFO").doesNotContain("one at DEBUG");
    }

    @Test
    void what_the_command_line_says_wins_over_a_variable_and_that_over_what_is_usual() throws Exception {
        var said = told(
                Map.of("LOGGING_LEVEL_ROOT", "DEBUG", "LOGGING_LEVEL_ORG_EXAMPLE_TWO", "DEBUG"),
                "ours",
                "--logging.level.root=ERROR");

        assertThat(said).contains("one at ERROR", "two at DEBUG").doesNotContain("one at INFO");
    }

    @Test
    void a_group_has_its_level() throws Exception {
        var said = told(
                Map.of(), "ours", "--logging.group.both=org.example.one,org.example.two", "--logging.level.both=DEBUG");

        assertThat(said).contains("one at DEBUG", "two at DEBUG");
    }

    @Test
    void a_text_writes_no_line_of_its_own() throws Exception {
        assertThat(told(Map.of(), "ours").lines().filter(line -> line.startsWith("FORGED")))
                .isEmpty();
    }

    @Test
    void of_a_wrong_level_boot_says_what_is_wrong() throws Exception {
        var said = ended(Map.of("LOGGING_LEVEL_ROOT", "LOUD"), 1);

        assertThat(said).contains("APPLICATION FAILED TO START", "logging.level.root", "LOUD");
    }

    @Test
    void what_only_all_of_boots_environment_can_say_boot_says() throws Exception {
        var said = ended(
                Map.of(
                        "LOGGING_FILE_NAME",
                        folder + "/kubesent-${random.uuid}.log",
                        "SPRING_MAIN_WEB_APPLICATION_TYPE",
                        "foo"), // which ends it
                1);

        assertThat(said).contains("APPLICATION FAILED TO START", "web-application-type");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("kubesent-[0-9a-f-]{36}\\.log"));
        }
    }

    /** KubeSent itself. */
    private String ended(Map<String, String> wrong, int code) throws Exception {
        var settings = new HashMap<>(wrong);
        settings.put("KUBESENT_CLUSTER", "kubeconfig");
        settings.put(
                "KUBECONFIG",
                Files.writeString(folder.resolve("kubeconfig"), "apiVersion: v1\nkind: Config\n")
                        .toString());
        var process = start(settings, Main.class, "--server.port=0");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(code);
        return output();
    }

    private String told(Map<String, String> settings, String... arguments) throws Exception {
        var process = start(settings, Telling.class, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
        return output();
    }

    private Process start(Map<String, String> settings, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LOGGING_") || name.startsWith("KUBESENT_"));
        builder.environment().putAll(settings);
        return builder.start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Tells something by two loggers, by our log or by Boot's. */
    static final class Telling {

        private static final Map<String, Object> USUAL = Map.of(
                "logging.level.root",
                "INFO",
                "spring.main.banner-mode",
                "off",
                "spring.main.log-startup-info",
                "false");

        private Telling() {}

        public static void main(String... arguments) throws IOException {
            var settings = Arrays.copyOfRange(arguments, 1, arguments.length);
            if (arguments[0].equals("boots")) {
                var boot = new SpringApplication(Nothing.class);
                boot.setWebApplicationType(WebApplicationType.NONE);
                boot.setDefaultProperties(USUAL);
                boot.run(settings);
            } else {
                var ours = new Properties();
                try (var file = ApplicationLog.class.getResourceAsStream("/application.properties")) {
                    ours.load(file);
                }
                ApplicationLog.setUp(List.of(settings), ours, USUAL);
            }
            for (var name : List.of("one", "two")) {
                var log = LoggerFactory.getLogger("org.example." + name);
                log.error("{} at ERROR\nFORGED", name);
                log.info("{} at INFO", name);
                log.debug("{} at DEBUG", name);
            }
        }
    }

    static final class Nothing {}
}
