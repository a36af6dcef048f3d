package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What template.yaml says of the code, and of itself. cfn-lint looks at the rest, where there is one. */
class LambdaTemplateTest {

    private final String template = read();

    @Test
    void it_calls_the_handler_with_settings_that_there_are() {
        assertThat(template).contains("Handler: " + LambdaHandler.class.getName() + "\n");
        assertThat(Pattern.compile("(KUBESENT_\\w+):")
                        .matcher(template)
                        .results()
                        .map(found -> found.group(1)))
                .hasSizeGreaterThan(4)
                .isSubsetOf(EverySetting.ALL.stream().map(Setting::variable).toList());
    }

    @Test
    void whatever_is_begun_in_an_invocation_has_as_long_again_to_end() {
        assertThat(number("Timeout")).isEqualTo(2 * LambdaApplication.TIME.toSeconds());
    }

    @Test
    void a_message_lives_for_all_of_its_tries_and_is_hidden_for_as_long_as_one_takes() {
        assertThat(number("VisibilityTimeout")).isEqualTo(6 * number("Timeout"));
        assertThat(number("MessageRetentionPeriod"))
                .isGreaterThan((number("maxReceiveCount") + 1) * number("VisibilityTimeout"));
    }

    private long number(String property) {
        var found = Pattern.compile("\\b" + property + ": (\\d+)").matcher(template);
        assertThat(found.find()).as(property).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("src/main/sam/template.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
