package dev.kubesent.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.RefusalReason.Weight;
import dev.kubesent.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for whoever reads a refusal at three in the morning. */
class ReasonsPageTest {

    private static final Pattern SETTING = Pattern.compile("KUBESENT_[A-Z_]+");

    @Test
    void the_page_is_written_from_the_reasons() {
        Golden.assertMatches(Path.of("docs/reasons.md"), page());
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_says_what_it_means_and_what_is_next(RefusalReason reason) throws IOException {
        var settings = Files.readString(Path.of("docs/settings.md"));

        assertThat(reason.meaning()).endsWith(".").hasSizeLessThan(200);
        assertThat(reason.next()).endsWith(".");
        assertThat(SETTING.matcher(reason.meaning() + reason.next()).results().map(match -> match.group()))
                .allSatisfy(setting -> assertThat(settings).contains("| `" + setting + "` |"));
    }

    private static String page() {
        return """
                # Reasons

                Why KubeSent left something alone. An incident has every reason that there is, in `status.verdict.reasons` and in its story; this page says of each
                what it means, and what lets the change be made. It is written from `change.RefusalReason`; a test holds it equal.

                An incident is approved with `kubesent approve NAME -n NAMESPACE`, or with `kubectl patch incident NAME -n NAMESPACE --type=merge -p '{"spec":{"approved":true}}'`. An approval sets aside what is a matter of policy, and nothing else.
                """
                + Arrays.stream(Weight.values()).map(ReasonsPageTest::chapter).collect(Collectors.joining());
    }

    private static String chapter(Weight weight) {
        var title = switch (weight) {
            case HARD -> "The change is not made, and cannot be approved";
            case POLICY -> "The change is proposed: a person may approve it";
            case HOLD -> "Not now: the change waits";
        };
        return "\n## " + title + "\n\n| reason | what it means | what is next |\n| --- | --- | --- |\n"
                + Arrays.stream(RefusalReason.values())
                        .filter(reason -> reason.weight() == weight)
                        .map(reason -> "| `%s` | %s | %s |\n".formatted(reason, reason.meaning(), reason.next()))
                        .collect(Collectors.joining());
    }
}
