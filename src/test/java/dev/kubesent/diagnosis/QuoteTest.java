package dev.kubesent.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.evidence.Source;
import org.junit.jupiter.api.Test;

class QuoteTest {

    @Test
    void a_password_that_the_cut_goes_through_is_masked_all_the_same() {
        var line = "x".repeat(960) + " postgres://cart:" + "longpassword".repeat(10) + "@db/cart";

        var quote = new Quote(Source.LOG, line);

        assertThat(quote.text()).hasSizeLessThanOrEqualTo(1000).doesNotContain("longpassword");
    }
}
