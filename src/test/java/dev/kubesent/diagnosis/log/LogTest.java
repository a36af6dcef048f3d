package dev.kubesent.diagnosis.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes that logs have in this world, and what is read in them. */
class LogTest {

    static Stream<Arguments> heads() {
        return Stream.of(
                head("2026-01-02T03:04:05.678Z ERROR 1 --- [main] o.s.boot.SpringApplication : it broke", Level.ERROR),
                head("2026-01-02 03:04:05,678 - app.db - ERROR - it broke", Level.ERROR),
                head("2026/01/02 03:04:05 it broke", Level.NONE),
                head("2026/01/02 03:04:05 [emerg] 1#1: it broke", Level.FATAL),
                head("[2026-01-02 03:04:05 +0000] [7] [ERROR] it broke", Level.ERROR),
                head("2026-01-02 03:04:05.678 GMT [1] FATAL:  it broke", Level.FATAL),
                head("2026-01-02T03:04:05.678901Z 0 [ERROR] [MY-010457] [Server] it broke", Level.ERROR),
                head("1:M 02 Jan 2026 03:04:05.678 # it broke", Level.NONE),
                head("E0102 03:04:05.678901       1 main.go:23] it broke", Level.ERROR),
                head("2026-01-02T03:04:05Z\tERROR\tit broke", Level.ERROR),
                head("[ERROR] it broke", Level.ERROR),
                head("ERROR: it broke", Level.ERROR),
                head("postgresql 12:51:27.43 ERROR ==> it broke", Level.ERROR),
                head("time=\"2026-01-02T03:04:05Z\" level=fatal msg=\"it broke\"", Level.FATAL),
                head("ts=2026-01-02T03:04:05Z caller=main.go:1 level=error err=\"it broke\"", Level.ERROR),
                head("{\"level\":\"error\",\"msg\":\"it broke\"}", Level.ERROR),
                head("{\"level\":50,\"err\":{\"message\":\"it broke\"}}", Level.ERROR),
                head("{\"severity\":\"ERROR\",\"fields\":{\"message\":\"it broke\"}}", Level.ERROR),
                head("{\"@l\":\"Error\",\"@m\":\"it broke\"}", Level.ERROR),
                head("\u001b[31mERROR\u001b[0m it broke", Level.ERROR),
                head("2026-01-02T03:04:05.678901234Z stderr F ERROR it broke", Level.ERROR),
                head("it broke", Level.NONE));
    }

    private static Arguments head(String line, Level level) {
        return Arguments.of(line, level);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void what_stands_before_a_text_is_read_away(String line, Level level) {
        var entry = Log.read(List.of(line)).entries().getFirst();

        assertThat(entry.first()).isEqualTo("it broke");
        assertThat(entry.level()).isEqualTo(level);
    }

    @Test
    void a_word_of_the_message_is_no_head() {
        assertThat(first("Error: Cannot find module 'x'")).isEqualTo("Error: Cannot find module 'x'");
        assertThat(first("[Errno 98] Address already in use")).isEqualTo("[Errno 98] Address already in use");
        assertThat(first("2026-01-02 03:04:05 ERROR java.lang.OutOfMemoryError: Java heap space"))
                .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void a_stack_trace_belongs_to_what_was_said_and_its_innermost_cause_is_known() {
        var entries = read("""
                2026-01-02 03:04:05 ERROR start failed
                java.lang.IllegalStateException: no pool
                \tat shop.Main.main(Main.java:9)
                Caused by: java.net.ConnectException: Connection refused
                \tat java.base/sun.nio.ch.Net.connect(Net.java:1)
                \t... 24 more
                2026-01-02 03:04:06 INFO bye
                """);

        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().root().text())
                .isEqualTo("Caused by: java.net.ConnectException: Connection refused");
        assertThat(entries.getFirst().text()).doesNotContain("Main.java");
    }

    @Test
    void a_traceback_of_python_ends_with_its_exception_and_a_chained_one_goes_on() {
        var entries = read("""
                Traceback (most recent call last):
                  File "/app/a.py", line 3, in <module>
                    connect()
                ConnectionRefusedError: [Errno 111] Connection refused

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/app/b.py", line 9, in <module>
                    main()
                shop.StartError: no database
                worker lost
                """);

        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().root().text()).startsWith("ConnectionRefusedError");
    }

    /** A blank line in a traceback threw out of all rules. */
    @Test
    void a_blank_line_in_a_record_of_a_traceback_is_none() {
        assertThat(read("{\"level\":\"error\",\"msg\":\"Traceback (most recent call last):\\n\\nValueError: x\"}"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.root().text()).isEqualTo("ValueError: x"));
    }

    @Test
    void an_object_that_node_prints_belongs_to_its_error() {
        var entries = read("""
                Error: connect failed
                    at Socket.x (node:net:1) {
                  code: 'ECONNREFUSED',
                  address: '10.0.0.1',
                }
                next
                """);

        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().text()).contains("address: '10.0.0.1'");
    }

    @Test
    void what_postgresql_says_more_belongs_to_its_message() {
        assertThat(read("""
                                2026-01-02 03:04:05.678 GMT [1] FATAL:  database files are incompatible with server
                                2026-01-02 03:04:05.678 GMT [1] DETAIL:  The data directory was initialized by PostgreSQL version 16
                                """)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void who_only_reports_an_end_tells_nothing(String line) {
        assertThat(Log.read(List.of(line)).entries().getFirst().role()).isEqualTo(Entry.Role.WRAPS);
    }

    static Stream<String> wrappers() {
        return Stream.of(
                " ELIFECYCLE  Command failed with exit code 1.",
                "npm ERR! code ELIFECYCLE",
                "2026-01-02 03:04:05,678 WARN exited: app (exit status 1; not expected)",
                "2026-01-02T03:04:05.678Z ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed",
                "level=fatal msg=\"exiting due to a fatal error\"",
                "Aborted (core dumped)",
                "[2026-01-02 03:04:06 +0000] [1] [ERROR] Worker (pid:7) exited with code 3",
                "[2026-01-02 03:04:06 +0000] [1] [ERROR] Shutting down: Master",
                "[2022-04-26 14:21:18,770] ERROR Exiting Kafka. (kafka.Kafka$)",
                "ERROR: FPM initialization failed",
                "make: *** [Makefile:3: run] Error 1");
    }

    @ParameterizedTest
    @MethodSource("tellers")
    void who_says_why_is_no_wrapper(String line) {
        assertThat(Log.read(List.of(line)).entries().getFirst().role()).isEqualTo(Entry.Role.TELLS);
    }

    static Stream<String> tellers() {
        return Stream.of(
                "FATAL: frobnication of the widget failed",
                "leader election lost",
                "Failed to start: port 8080 is taken",
                "job failed: batch 7 rejected by validator",
                "cannot open /etc/app.yaml");
    }

    @Test
    void a_later_trouble_of_the_same_matter_does_not_contradict() {
        var log = Log.read(List.of(
                "[ERROR] InnoDB: The redo log was created with MariaDB 10.5.4.",
                "[ERROR] Plugin 'InnoDB' registration as a STORAGE ENGINE failed.",
                "[ERROR] Aborting"));

        assertThat(log.laterTroubles(log.entries().getFirst())).isEmpty();
    }

    @Test
    void a_later_trouble_of_another_matter_does() {
        var log = Log.read(List.of("dial tcp 10.0.0.1:9411: connection refused", "FATAL: PAYMENT_KEY is not set"));

        assertThat(log.laterTroubles(log.entries().getFirst())).hasSize(1);
    }

    @Test
    void the_line_that_tells_most_is_neither_the_last_nor_the_loudest_alone() {
        var log = Log.read(List.of(
                "INFO starting",
                "ERROR cannot read /etc/app/config.yaml: no such file",
                "ERROR Application run failed",
                "INFO bye"));

        assertThat(log.tellingLine().orElseThrow().text()).isEqualTo("cannot read /etc/app/config.yaml: no such file");
    }

    private static String first(String line) {
        return Log.read(List.of(line)).entries().getFirst().first();
    }

    private static List<Entry> read(String log) {
        return Log.read(log.lines().toList()).entries();
    }
}
