package dev.kubesent.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {

    @ParameterizedTest
    @CsvSource({
        "1.4-debgu, 1.4-debug",
        "latset, latest",
        "1.36-alpne, 1.36-alpine",
        "2.0-jammyy, 2.0-jammy",
        "stable-v2-bookwrom, stable-v2-bookworm"
    })
    void one_letter_of_a_word_is_wrong(String tag, String other) {
        assertThat(Misspelling.isOf(tag, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.42, 1.4.2",
        "1.10, 1.1.0",
        "1.4.1, 1.4.2",
        "1.4, 1.4",
        "v2a, v2b",
        "1.0x, 1.0",
        "1.4-rc, 1.4-rd",
        "1.4-prd, 1.4-prod",
        "1.4-prod, 1.4-prodigy",
        "1.4-debgu, 1.5-debug",
        "1.4debug, 1.4-debug",
        "alpne-jammyy, alpine-jammy",
        "2026-11-23, 2026-11-24"
    })
    void it_is_another_tag(String tag, String other) {
        assertThat(Misspelling.isOf(tag, other)).isFalse();
    }
}
