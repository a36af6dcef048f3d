package dev.kubesent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password=hunter22 | password=***",
                "DB_PASSWORD: hunter22; next | DB_PASSWORD: ***; next",
                "{\"api_key\":\"abcd1234\"} | {\"api_key\":\"***\"}",
                "--access-key AKIA1234 | --access-key ***",
                "connect postgres://app:hunter22@db:5432/x | connect postgres://app:***@db:5432/x",
                "Authorization: Bearer abcdefghijk | Authorization: Bearer ***",
                "token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig | token ***",
                "FATAL: DATABASE_URL is not set | FATAL: DATABASE_URL is not set",
                "listening on http://0.0.0.0:8080/ | listening on http://0.0.0.0:8080/",
            })
    void what_looks_like_a_credential_is_masked(String line, String masked) {
        assertThat(Masking.text(line)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: |\n  nextline1",
                "password: >-\n  nextline1",
                "- name: DB_PASSWORD\n  value: nextline1",
                "-----BEGIN PRIVATE KEY-----\nnextline1\n-----END PRIVATE KEY-----"
            })
    void a_secret_that_goes_on_in_the_next_line_is_masked(String text) {
        assertThat(Masking.text(text)).doesNotContain("nextline1");
    }

    @Test
    void what_is_beyond_the_bound_is_not_shown_and_half_a_word_is_none() {
        var text = "word ".repeat(7_999) + "postgres://cart:cutpass1@db/cart " + "password=beyond11 ".repeat(1000);

        assertThat(Masking.text(text)).hasSizeLessThan(40_010).endsWith("word (cut)");
    }

    @Test
    void what_is_masked_stays_as_it_is() {
        var masked = Masking.text("postgres://cart:hunter22@db password=hunter22 Authorization: Bearer abcdefghijk1");

        assertThat(Masking.text(masked)).isEqualTo(masked);
    }
}
