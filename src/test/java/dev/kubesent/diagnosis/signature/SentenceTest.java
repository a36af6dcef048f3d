package dev.kubesent.diagnosis.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {

    private static final Sentence SENTENCE = new Sentence("A connection[ to {host}[:{port}]] is refused.");

    @Test
    void what_was_caught_fills_the_gaps() {
        assertThat(said(Map.of("host", "db", "port", "5432"))).isEqualTo("A connection to db:5432 is refused.");
    }

    @Test
    void a_part_with_an_empty_gap_is_left_out_and_what_is_around_it_stays() {
        assertThat(said(Map.of("host", "db"))).isEqualTo("A connection to db is refused.");
        assertThat(said(Map.of())).isEqualTo("A connection is refused.");
        assertThat(said(Map.of("port", "5432"))).isEqualTo("A connection is refused.");
    }

    @Test
    void what_was_caught_is_no_template() {
        assertThat(said(Map.of("host", "{port}[x]", "port", "1"))).isEqualTo("A connection to {port}[x]:1 is refused.");
    }

    private static String said(Map<String, String> caught) {
        return SENTENCE.with(name -> caught.getOrDefault(name, ""));
    }
}
