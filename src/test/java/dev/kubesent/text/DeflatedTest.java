package dev.kubesent.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflatedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "{\"kind\":\"Pod\"}", "äöü \u0000 \ud83d\ude00"})
    void a_text_is_as_it_was(String text) {
        assertThat(Deflated.of(text).text()).isEqualTo(text);
    }

    @Test
    void what_repeats_takes_a_part() {
        var text = "{\"name\":\"a\",\"value\":\"b\"},".repeat(1_000);

        assertThat(Deflated.of(text).size()).isLessThan(text.length() / 10);
        assertThat(Deflated.of(text).text()).isEqualTo(text);
    }
}
