package dev.kubesent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each kind of secret that gitleaks knows, made up from its own rule, is masked. */
class GitleaksTest {

    private static final Path RULES = Path.of("src/test/resources/redaction/gitleaks.toml");

    /** Of each kind. */
    private static final int SAMPLES = 3;

    /** What is no secret: ids, which are published; forty hexadecimal digits alone, which are a commit's as well. */
    private static final List<String> TOLD = List.of(
            "asana-client-id",
            "discord-client-id",
            "linkedin-client-id",
            "plaid-client-id",
            "sumologic-access-id",
            "sourcegraph-access-token");

    /** What many rules have in common: a name with its maker's in it, any signs that assign, and any quotes. Nobody writes {@code ?=``'=}. */
    private static final List<String[]> USUAL = List.of(
            new String[] {
                "[\\s'\"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)[\\x60'\"\\s=]{0,5}",
                "(?:=|=\"|: |: \"|\": \"|' => '| := \")"
            },
            new String[] {"[\\s'\"]{0,3})(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)[\\x60'\"\\s=]{0,5}", ")(?:=|=\"|: |: \")"},
            new String[] {"(?:[ \\t\\w.-]{0,20})", "(?:_key|_api_key|_token|_secret|)"},
            new String[] {"[\\w.-]{0,50}?", "(?:|my_|app\\.)"});

    record Rule(String id, String regex, int group) {}

    @Test
    void no_secret_that_gitleaks_would_find_is_shown() throws IOException {
        var random = new Random(33);
        var shown = new ArrayList<String>();
        var made = 0;
        for (var rule : rules()) {
            var pattern = Pattern.compile(rule.regex());
            for (int i = 0; i < SAMPLES; i++) {
                var sample = Sample.of(rule.regex(), rule.group(), random);
                if (!pattern.matcher(sample.text()).find()) {
                    continue;
                }
                made++;
                if (Masking.text(sample.text()).contains(sample.secret()) && !TOLD.contains(rule.id())) {
                    shown.add(rule.id() + ": " + sample.text());
                }
            }
        }

        System.out.printf("gitleaks: %d of %d secrets are shown%n", shown.size(), made);
        assertThat(made).isGreaterThan(600);
        assertThat(shown).isEmpty();
    }

    private static String usual(String regex) {
        var usual = regex;
        for (var form : USUAL) {
            usual = usual.replace(form[0], form[1]);
        }
        return usual;
    }

    private static List<Rule> rules() throws IOException {
        var rules = new ArrayList<Rule>();
        for (var block : Files.readString(RULES).split("\\[\\[rules]]\n")) {
            if (block.startsWith("id = ")) {
                var group =
                        block.contains("secretGroup") ? block.replaceAll("(?s).*secretGroup = (\\d+).*", "$1") : "0";
                rules.add(new Rule(
                        block.lines().findFirst().orElseThrow().replaceAll("id = \"(.*)\"", "$1"),
                        usual(block.replaceAll("(?s).*regex = '''(.*?)'''.*", "$1")),
                        Integer.parseInt(group)));
            }
        }
        assertThat(rules).hasSizeGreaterThan(215);
        return rules;
    }
}
