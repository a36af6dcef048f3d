package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same log in another form has the same cause: mutate.py of the shared corpus, on this project's own cases. */
class OtherFormsTest {

    /** Percent of the cases whose log decides. */
    private static final int KEPT = 95;

    private static final int LEAST = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("pnpm's wrapper after it", followedBy(" ELIFECYCLE  Command failed with exit code 1.")),
                Arguments.of(
                        "supervisord after it",
                        followedBy("2026-01-02 03:04:05,678 WARN exited: app (exit status 1; not expected)")),
                Arguments.of(
                        "Spring's Application run failed after it",
                        followedBy(
                                "2026-01-02T03:04:05.678Z ERROR 1 --- [main] o.s.boot.SpringApplication : Application"
                                        + " run failed")),
                Arguments.of("fatal exiting after it", followedBy("level=fatal msg=\"exiting due to a fatal error\"")),
                Arguments.of("Aborted (core dumped) after it", followedBy("Aborted (core dumped)")),
                Arguments.of("ANSI colours", each(line -> "\u001b[31m" + line + "\u001b[39m")),
                Arguments.of("RFC 3339 before each line", each(line -> "2026-01-02T03:04:05.678901234Z " + line)),
                Arguments.of(
                        "the prefix of containerd", each(line -> "2026-01-02T03:04:05.678901234Z stderr F " + line)),
                Arguments.of("the prefix of kubectl", each(line -> "[pod/app-1/app] " + line)),
                Arguments.of("{message}", json("error", (object, line) -> object.put("message", line))),
                Arguments.of(
                        "{fields: {message}} of Rust's tracing",
                        json(
                                "ERROR",
                                (object, line) -> object.putObject("fields").put("message", line))),
                Arguments.of("{event} of structlog", json("error", (object, line) -> object.put("event", line))),
                Arguments.of(
                        "{msg, err: {message}} of pino",
                        json(
                                "50",
                                (object, line) -> object.put("msg", "start failed")
                                        .putObject("err")
                                        .put("message", line))),
                Arguments.of(
                        "{msg, error: {msg}} of slog",
                        json(
                                "ERROR",
                                (object, line) -> object.put("msg", "run failed")
                                        .putObject("error")
                                        .put("msg", line))),
                Arguments.of("{@m} of Serilog", json("Error", (object, line) -> object.put("@m", line))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void the_cause_stays(String form, UnaryOperator<List<String>> changed) {
        var deciding = CauseCase.known()
                .filter(one -> one.category().equals("running"))
                .filter(one -> !one.log().isEmpty())
                .filter(one -> cause(one, List.of()) != one.cause())
                .toList();
        var lost = deciding.stream()
                .filter(one -> cause(one, changed.apply(one.log())) != one.cause())
                .map(Objects::toString)
                .toList();

        assertThat(deciding).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(100 - 100 * lost.size() / deciding.size())
                .as("of %d cases, these change: %s", deciding.size(), lost)
                .isGreaterThanOrEqualTo(KEPT);
    }

    private static Cause cause(CauseCase one, List<String> log) {
        return Rules.diagnose(one.with(log, one.events()).evidence().orElseThrow())
                .cause();
    }

    private static UnaryOperator<List<String>> followedBy(String line) {
        return log -> {
            var longer = new ArrayList<>(log);
            longer.add(line);
            return longer;
        };
    }

    private static UnaryOperator<List<String>> each(Function<String, String> change) {
        return log -> log.stream().map(change).toList();
    }

    private interface Shape {
        ObjectNode of(ObjectNode object, String line);
    }

    private static UnaryOperator<List<String>> json(String level, Shape shape) {
        return log -> log.stream()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    var object = JsonNodeFactory.instance.objectNode().put("level", level);
                    shape.of(object, line);
                    return text(object);
                })
                .toList();
    }

    private static String text(ObjectNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
