package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** What ends at the door is counted as Spring counts what does not. */
class AnswerTimerTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AnswerTimer answers = new AnswerTimer(registry);

    @ParameterizedTest
    @CsvSource({
        "POST, 204",
        "POST, 202",
        "POST, 401",
        "POST, 413",
        "POST, 429",
        "POST, 503",
        "OPTIONS, 200",
        "GET, 405",
        "GET, 404",
        "BREW, 405",
        "get, 405"
    })
    void an_answer_has_the_tags_that_springs_own_filter_gives_it(String method, int status) {
        answers.tell(method, status, 7);
        answers.tell(method, status, 5);

        var timer = registry.get("http.server.requests").timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(12);
        var tags = timer.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
        assertThat(tags.remove("error")).isEqualTo("none"); // Micrometer's own, of an observation that failed
        var context = new ServerRequestObservationContext(
                saying(HttpServletRequest.class, "getMethod", method),
                saying(HttpServletResponse.class, "getStatus", status));
        var springs = new DefaultServerRequestObservationConvention().getLowCardinalityKeyValues(context);
        assertThat(springs).hasSize(5).allSatisfy(one -> assertThat(tags).containsEntry(one.getKey(), one.getValue()));
        assertThat(tags).hasSize(5);
    }

    /** One of which nobody asks anything else. */
    private static <T> T saying(Class<T> type, String asked, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            assertThat(method.getName()).isEqualTo(asked);
            return answer;
        }));
    }
}
