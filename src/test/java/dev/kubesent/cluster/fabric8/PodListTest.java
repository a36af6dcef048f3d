package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import dev.kubesent.cluster.PodPage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each pod comes out as it went in, byte by byte, however the answer was cut into pieces on its way. */
class PodListTest {

    /** Of some bytes and of more than are kept at first; with characters of one to four bytes, and braces within a text. */
    private static final List<String> PODS = IntStream.range(0, 60)
            .mapToObj(number -> "{\"metadata\": {\"name\":\"web-%d\", \"annotations\": {\"a\": \"} é € 😀 \\\" %s\"}}}"
                    .formatted(number, "x".repeat(number % 7 == 0 ? 50_000 : 13 * number)))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000, 8000, 1 << 20})
    void each_pod_is_as_it_came_in_pieces_of(int bytes) throws IOException {
        var page = cut(list("MTIz"), bytes, _ -> true, Long.MAX_VALUE).orElseThrow();

        assertThat(texts(page)).isEqualTo(PODS);
        assertThat(page.looked()).isEqualTo(PODS.size());
        assertThat(page.next()).isEqualTo("MTIz");
    }

    @Test
    void what_is_not_wanted_is_looked_at_and_not_kept() throws IOException {
        var page = cut(list(""), 500, pod -> text(pod).contains("\"web-7\""), 1).orElseThrow();

        assertThat(texts(page)).containsExactly(PODS.get(7));
        assertThat(page.looked()).isEqualTo(PODS.size());
        assertThat(page.next()).isEmpty();
    }

    @Test
    void more_than_may_be_kept_is_no_page_and_a_single_one_always_is() throws IOException {
        assertThat(cut(list(""), 500, _ -> true, 100_000)).isEmpty();
        assertThat(cut(list(""), 500, pod -> text(pod).contains("\"web-14\""), 100))
                .isPresent();
    }

    @Test
    void the_items_may_come_first_and_an_empty_list_is_one() throws IOException {
        var first =
                "{\"items\":[%s],\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"x\"}}".formatted(PODS.get(1));

        assertThat(cut(first, 10, _ -> true, 9).orElseThrow().next()).isEqualTo("x");
        assertThat(cut("{\"metadata\":{},\"items\":[]}", 10, _ -> true, 9)
                        .orElseThrow()
                        .pods())
                .isEmpty();
        assertThat(cut("{\"metadata\":{},\"items\":null}", 10, _ -> true, 9)
                        .orElseThrow()
                        .pods())
                .isEmpty();
    }

    @Test
    void half_a_list_is_none() {
        var half = list("").substring(0, 40_000);

        assertThatThrownBy(() -> cut(half, 500, _ -> true, Long.MAX_VALUE)).isInstanceOf(JacksonException.class);
    }

    private static String list(String next) {
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"%s\"},\"items\":[%s]}"
                .formatted(next, String.join(", ", PODS));
    }

    private static Optional<PodPage> cut(String list, int bytes, Predicate<byte[]> wanted, long most)
            throws IOException {
        return PodList.cut(
                inPieces(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), bytes), wanted, most);
    }

    private static InputStream inPieces(InputStream of, int bytes) {
        return new FilterInputStream(of) {
            @Override
            public int read(byte[] into, int offset, int most) throws IOException {
                return super.read(into, offset, Math.min(most, bytes));
            }
        };
    }

    private static List<String> texts(PodPage page) {
        return page.pods().stream().map(PodListTest::text).toList();
    }

    private static String text(byte[] pod) {
        return new String(pod, StandardCharsets.UTF_8);
    }
}
