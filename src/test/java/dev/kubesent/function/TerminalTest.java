package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kubesent.command.ExitCode;
import dev.kubesent.testing.Golden;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The words of the command line, and docs/commands.md, which is written from them. */
class TerminalTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static CommandLine line() {
        return Terminal.commandLine(Clock.systemUTC());
    }

    private int runs(String... arguments) {
        return line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private static Stream<CommandSpec> commands() {
        return line().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.name().equals("help"));
    }

    @Test
    void the_page_is_written_from_the_command_line() {
        Golden.assertMatches(Path.of("docs/commands.md"), page());
    }

    @TestFactory
    Stream<DynamicTest> every_command_says_what_it_does_which_rights_it_needs_and_how_it_ends() {
        assertThat(commands().count()).isGreaterThanOrEqualTo(11);
        return commands()
                .map(command -> dynamicTest(command.name(), () -> {
                    assertThat(runs(command.name(), "--help")).isZero();
                    assertThat(out.toString())
                            .contains("Usage: kubesent " + command.name())
                            .contains("Rights:")
                            .contains("xit codes");
                    assertThat(command.options()).anyMatch(option -> option.usageHelp());
                    assertThat(command.args())
                            .allSatisfy(argument -> assertThat(argument.description())
                                    .as(argument.paramLabel())
                                    .isNotEmpty());
                }));
    }

    @Test
    void help_names_every_command() {
        assertThat(runs("--help")).isZero();

        commands().forEach(command -> assertThat(out.toString()).contains("\n  " + command.name() + " "));
    }

    @ParameterizedTest
    @CsvSource({
        "scna, kubesent scan",
        "aprove x, kubesent approve",
        "incident, kubesent incidents",
        "serv, kubesent serve",
        "mute --utnil 2h deploy/x, --until"
    })
    void an_unknown_word_is_answered_with_one_that_is_near(String words, String near) {
        assertThat(runs(words.split(" "))).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString()).contains(near);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "--exit, false",
        "--kubesent.mode=suggest --server.port=8081, false",
        "serve, false",
        "serve --exit, false",
        "cleanup, false",
        "cleanup --serve, false",
        "serve --exit --help, true",
        "cleanup -h, true",
        "--help, true",
        "--exit --help, true",
        "-V, true",
        "scan, true",
        "exit, true"
    })
    void picocli_is_not_loaded_where_kubesent_serves(String words, boolean isMeant) {
        assertThat(Terminal.isMeant(words.isEmpty() ? new String[0] : words.split(" ")))
                .isEqualTo(isMeant);
    }

    @Test
    void completion_knows_every_command_and_option() {
        assertThat(runs("completion")).isZero();

        assertThat(out.toString())
                .startsWith("#!/usr/bin/env bash")
                .contains("--because")
                .contains("--kubesent-namespace");
        commands().forEach(command -> assertThat(out.toString()).contains("kubesent_" + command.name()));
    }

    @Test
    void the_version_is_said() {
        assertThat(runs("--version")).isZero();

        assertThat(out.toString()).startsWith("kubesent ");
    }

    private static String page() {
        return """
                # Commands

                `java -jar kubesent.jar COMMAND`, `kubesent COMMAND` with an alias, or `kubectl kubesent COMMAND` with the [plugin](../src/plugin/README.md). Each takes the current kubeconfig as
                kubectl does, and acts with your own rights: KubeSent's account is not used, and the API server's audit log has you. Written from the program; `TerminalTest` holds it equal.

                ## Exit codes

                | code | meaning |
                | --- | --- |
                """
                + Arrays.stream(ExitCode.values())
                        .map(code -> "| %d | %s |\n".formatted(code.code(), code.meaning()))
                        .collect(Collectors.joining())
                + commands().map(TerminalTest::chapter).collect(Collectors.joining());
    }

    private static String chapter(CommandSpec command) {
        var usage = command.usageMessage();
        var codes = usage.exitCodeList().equals(ExitCode.list())
                ? ""
                : usage.exitCodeList().entrySet().stream()
                        .map(code ->
                                "\nExit code %s: %s.".formatted(code.getKey().strip(), code.getValue()))
                        .collect(Collectors.joining());
        var rows = Stream.concat(command.positionalParameters().stream(), command.options().stream())
                .filter(argument -> !isCommon(argument))
                .map(TerminalTest::row)
                .collect(Collectors.joining());
        return "\n## `%s`\n\n%s\n\n%sRights: %s\n%s"
                .formatted(
                        synopsis(command),
                        String.join("\n", usage.description()),
                        rows.isEmpty() ? "" : "| argument | meaning |\n| --- | --- |\n" + rows + "\n",
                        String.join(" ", usage.footer()),
                        codes.isEmpty() ? "" : codes + "\n");
    }

    private static String synopsis(CommandSpec command) {
        var wide = command.commandLine().setUsageHelpWidth(300).getHelp();
        return wide.synopsis(0).strip().replaceAll(" ?\\[-hV]", "").replace("[-AhV]", "[-A]");
    }

    private static boolean isCommon(ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option && (option.usageHelp() || option.versionHelp());
    }

    private static String row(ArgSpec argument) {
        var name = argument instanceof CommandLine.Model.OptionSpec option
                ? String.join("`, `", option.names())
                : argument.paramLabel().replace("|", "\\|");
        return "| `%s` | %s |\n"
                .formatted(
                        name, String.join(" ", argument.renderedDescription()).replace("|", "\\|"));
    }
}
