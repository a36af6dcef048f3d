package dev.kubesent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @Test
    void the_same_value_has_the_same_placeholder_wherever_it_stands() {
        var redaction = new Redaction(Redaction.Addresses.REMOVED);

        assertThat(redaction.value("DB_PASSWORD", "correct horse")).isEqualTo("<secret-1>");
        assertThat(redaction.value("CACHE_PASSWORD", "another one")).isEqualTo("<secret-2>");
        assertThat(redaction.text("cannot log in with 'correct horse'")).isEqualTo("cannot log in with '<secret-1>'");
    }

    @Test
    void what_is_redacted_already_stays_as_it_is() {
        var redaction = new Redaction(Redaction.Addresses.REMOVED);
        var once = redaction.text("password=correcthorse");

        assertThat(new Redaction(Redaction.Addresses.REMOVED).text(once)).isEqualTo(once);
        assertThat(new Redaction(Redaction.Addresses.REMOVED).value("password", "<secret-7>"))
                .isEqualTo("<secret-7>");
    }

    /** What a diagnosis lives on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T03:00:00Z ERROR 12:34:56 DATABASE_URL is not set",
                "java.lang.IllegalStateException: Unsatisfied dependency of DataSourceAutoConfiguration",
                "\tat org.springframework.boot.autoconfigure.jdbc.DataSourceProperties.determineUrl(DataSource.java:186)",
                "FATAL: role \"cart\" does not exist",
                "dial tcp: lookup postgres.shop.svc.cluster.local: no such host",
                "Back-off pulling image \"registry.example.com/shop/cart:1.4.2\"",
                "exec /usr/local/bin/docker-entrypoint.sh: exec format error",
                "container app terminated: reason Error, exit code 137",
                "basic authentication failed; authentication server refused",
                "invalid token received; nothing received",
                "org.springframework.boot.autoconfigure.condition.ConditionEvaluationReportLogger",
                "mapping: 3 routes, typing: off, author: unknown",
                "failed calling webhook: x509: certificate has expired or is not yet valid",
                "Error: Cannot find module '/srv/app/dist/server/index.js'"
            })
    void an_ordinary_line_stays(String line) {
        assertThat(new Redaction(Redaction.Addresses.REMOVED).text(line)).isEqualTo(line);
    }

    @Test
    void a_line_that_is_too_long_is_cut_before_a_word_and_not_in_it() {
        var redaction = new Redaction(Redaction.Addresses.REMOVED);

        assertThat(redaction.text("word ".repeat(399) + "postgres://cart:cutpass1@db/x"))
                .endsWith("word (cut)");
        assertThat(redaction.text("a".repeat(5000))).isEqualTo(" (cut)");
    }

    /** Not a speed test: with a repetition that has no bound these would take minutes. */
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "eyJ-",
                "password          ",
                "https://webhook",
                "-----BEGIN PRIVATE KEY ",
                "pass_",
                "secretsecret",
                "a=",
                "password=${",
                "password={{",
                "//a:1/@",
                "a:b/@",
                "-----BEGIN CERTIFICATE-----",
                "<token>b</",
                "mysql -p ",
                "[a",
                "key: \"",
                "pin='",
                "aB1/",
                "a:",
                "://x:"
            })
    void a_log_that_was_written_to_keep_it_busy_does_not(String repeated) {
        var redaction = new Redaction(Redaction.Addresses.REMOVED);

        assertThat(redaction.text(repeated.repeat(100_000))).hasSizeLessThan(40_100);
        assertThat(redaction.text((repeated.repeat(1900 / repeated.length()) + "\n").repeat(20)))
                .hasSizeLessThan(80_000);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.4.17:5432 refused, <ip-1>:5432 refused",
        "mail to ada@example.com failed, mail to <email-1> failed",
        "fe80::1 unreachable, <ip-1> unreachable",
        "connect 2001:db8::8a2e:370:7334, connect <ip-1>"
    })
    void addresses_go_if_they_are_to(String line, String redacted) {
        assertThat(new Redaction(Redaction.Addresses.REMOVED).text(line)).isEqualTo(redacted);
        assertThat(new Redaction(Redaction.Addresses.KEPT).text(line)).isEqualTo(line);
    }
}
