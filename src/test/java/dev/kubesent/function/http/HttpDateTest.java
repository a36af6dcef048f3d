package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    @Test
    void it_is_written_as_rfc_9110_writes_it() {
        assertThat(HttpDate.of(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void it_is_what_the_jdk_writes_on_every_day_and_at_every_time() {
        var random = new Random(26);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(0, 253_402_300_800L); // to the end of 9999
            assertThat(HttpDate.of(second)).isEqualTo(IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
        }
    }

    @Test
    void it_is_now() {
        var before = Instant.now().minusSeconds(1);

        var said = IMF_FIXDATE.parse(HttpDate.now(), Instant::from);

        assertThat(said).isBetween(before, Instant.now());
    }
}
