package dev.kubesent.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Java cannot end from outside ends by itself. */
class EffortTest {

    /** Of the fourth degree: a hundred thousand ways to be wrong at forty characters. */
    private static final Pattern SLOW = Pattern.compile("a*a*a*a*b");

    private static final String LINE = "a".repeat(40);

    @Test
    void an_expression_that_takes_too_long_ends() {
        assertThatExceptionOfType(Effort.SpentException.class)
                .isThrownBy(() -> Effort.within(
                        10_000, () -> SLOW.matcher(Effort.counted(LINE)).find()));
    }

    @Test
    void a_loop_ends_at_the_step_that_is_one_too_many() {
        assertThatNoException().isThrownBy(() -> Effort.within(3, () -> steps(3)));
        assertThatExceptionOfType(Effort.SpentException.class).isThrownBy(() -> Effort.within(3, () -> steps(4)));
    }

    @Test
    void what_an_expression_found_in_a_counted_text_is_what_it_finds_in_the_text() {
        var found = Effort.within(1000, () -> {
            var matcher = Pattern.compile("port (?<port>\\d+)").matcher(Effort.counted("cannot bind port 8080"));
            assertThat(matcher.find()).isTrue();
            return matcher;
        });

        assertThat(found.group("port")).isEqualTo("8080");
    }

    @Test
    void outside_of_it_nothing_is_counted() {
        assertThatNoException().isThrownBy(() -> steps(1000));
        assertThat(Effort.counted(LINE)).isSameAs(LINE);
    }

    private static int steps(int times) {
        for (int i = 0; i < times; i++) {
            Effort.step();
        }
        return times;
    }
}
