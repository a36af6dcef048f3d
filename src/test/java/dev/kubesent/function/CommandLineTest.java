package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.function.CommandLine.Then;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void nothing_given_means_serve() {
        assertThat(CommandLine.parse().then()).isEqualTo(Then.SERVE);
    }

    @Test
    void spring_properties_are_passed_on_and_ours_are_kept() {
        var line = CommandLine.parse("--server.port=8081", "--kubesent.max-memory=4Gi", "--exit");

        assertThat(line.spring()).containsExactly("--server.port=8081");
        assertThat(line.settings()).containsEntry("KUBESENT_MAX_MEMORY", "4Gi");
        assertThat(line.then()).isEqualTo(Then.EXIT);
    }

    @Test
    void several_events_can_be_replayed() {
        assertThat(CommandLine.parse("--replay=events/01-bare-pod-oom.http,events/04-refused-image.json")
                        .replay())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--exti",
                "exit",
                "--exit=false",
                "--replay",
                "--replay=",
                "--replay=no/such/file",
                "--kubesent.mdoe=heal",
                "-x"
            })
    void what_is_not_known_is_named(String argument) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> CommandLine.parse(argument))
                .withMessageContaining(argument.replaceFirst("=.*", "").replaceFirst("--replay$", ""));
    }
}
