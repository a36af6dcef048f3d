package dev.kubesent.diagnosis.gemini;

import static dev.kubesent.testing.FakeGemini.blocked;
import static dev.kubesent.testing.FakeGemini.cuts;
import static dev.kubesent.testing.FakeGemini.ends;
import static dev.kubesent.testing.FakeGemini.hangs;
import static dev.kubesent.testing.FakeGemini.outOfQuota;
import static dev.kubesent.testing.FakeGemini.raw;
import static dev.kubesent.testing.FakeGemini.says;
import static dev.kubesent.testing.FakeGemini.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.model.Budget;
import dev.kubesent.diagnosis.model.ModelChain;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import dev.kubesent.diagnosis.model.Prompt;
import dev.kubesent.testing.FakeGemini;
import dev.kubesent.testing.FakeGemini.Reaction;
import dev.kubesent.testing.MovingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.function.SingletonSupplier;

/** Google's SDK and our chain against a stand-in over real HTTP. */
@Isolated
class GeminiChainTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final String LINE = "FATAL: no route to the moon base";

    private static final Prompt PROMPT = new Prompt("Diagnose.", "log:\n" + LINE, List.of("log:", LINE));

    private static final String GOOD = """
        {"root_cause":"The moon base cannot be reached.","cause":"EXITS_WITH_ERROR","suggested_fix_yaml":"",
        "confidence_score":93,"evidence":["FATAL: no route to the moon base"]}\
        """;

    private final FakeGemini gemini = new FakeGemini();
    private final MovingClock clock = new MovingClock(NOW);

    @AfterEach
    void stop() {
        gemini.close();
    }

    @Test
    void an_answer_is_taken_and_its_model_named() {
        gemini.on("first", says(GOOD));

        var given = (Opinion.Given) chain(clock, Duration.ofSeconds(5)).ask(PROMPT);

        assertThat(given.source()).isEqualTo("first");
        assertThat(given.before()).isEmpty();
        assertThat(given.answer().cause()).isEqualTo(Cause.EXITS_WITH_ERROR);
        assertThat(given.answer().score()).isEqualTo(93);
        assertThat(gemini.asked()).containsExactly("first");
    }

    static Stream<Arguments> what_sends_us_on() {
        return Stream.of(
                Arguments.of("404", status(404)),
                Arguments.of("429", outOfQuota("37s")),
                Arguments.of("500", status(500)),
                Arguments.of("502", status(502)),
                Arguments.of("503", status(503)),
                Arguments.of("504", status(504)),
                Arguments.of("a cut connection", cuts()),
                Arguments.of("truncated", ends("MAX_TOKENS", GOOD.substring(0, 60))),
                Arguments.of("blocked for safety", blocked()),
                Arguments.of("stopped for safety", ends("SAFETY", "")),
                Arguments.of("a reason nobody knows", ends("NEW_REASON", GOOD)),
                Arguments.of("no candidates", raw("{}")),
                Arguments.of("not JSON at all", raw("<html>")),
                Arguments.of("text that is no JSON", says("I think it is the network.")),
                Arguments.of("more than one JSON", says(GOOD + GOOD)),
                Arguments.of("{null}", says("{null}")),
                Arguments.of("null", says("null")),
                Arguments.of("a wrong schema", says("{\"answer\":42}")),
                Arguments.of("confidence 101", says(GOOD.replace("93", "101"))),
                Arguments.of("confidence -1", says(GOOD.replace("93", "-1"))),
                Arguments.of("confidence as text", says(GOOD.replace("93", "\"93\""))),
                Arguments.of("a cause of its own", says(GOOD.replace("EXITS_WITH_ERROR", "MOON_BASE_DOWN"))),
                Arguments.of("no evidence", says(GOOD.replace("[\"" + LINE + "\"]", "[]"))),
                Arguments.of("an invented quote", says(GOOD.replace("[\"" + LINE, "[\"panic: out of memory"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("what_sends_us_on")
    void the_next_is_asked_after(String why, Reaction reaction) {
        gemini.on("first", reaction).on("second", says(GOOD));

        var opinion = chain(Clock.systemUTC(), Duration.ofSeconds(10)).ask(PROMPT);

        assertThat(opinion).isInstanceOfSatisfying(Opinion.Given.class, given -> {
            assertThat(given.source()).isEqualTo("second");
            assertThat(given.before()).singleElement().asString().startsWith("first: ");
        });
        assertThat(gemini.asked()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void the_key_or_we_are_wrong_and_nobody_else_is_asked(int code) {
        gemini.on("first", status(code)).on("second", says(GOOD));

        assertThat(chain(clock, Duration.ofSeconds(5)).ask(PROMPT))
                .isInstanceOfSatisfying(
                        Opinion.None.class, none -> assertThat(none.ended()).isEqualTo(Ended.REFUSED));
        assertThat(gemini.asked()).containsExactly("first");
    }

    @Test
    void all_out_of_quota_is_deferred_until_the_first_is_back_and_nobody_is_asked_before() {
        gemini.on("first", outOfQuota("37s")).on("second", outOfQuota("20.5s")).on("third", outOfQuota("90s"));
        var chain = chain(clock, Duration.ofSeconds(5));

        assertThat(chain.ask(PROMPT))
                .isInstanceOfSatisfying(
                        Opinion.Deferred.class,
                        deferred -> assertThat(deferred.until()).isEqualTo(NOW.plusMillis(20_500)));
        assertThat(chain.ask(PROMPT)).isInstanceOf(Opinion.Deferred.class);
        assertThat(gemini.asked()).hasSize(3);

        clock.forward(Duration.ofSeconds(21));
        gemini.on("second", says(GOOD));
        assertThat(chain.ask(PROMPT)).isInstanceOf(Opinion.Given.class);
        assertThat(gemini.asked()).hasSize(4).last().isEqualTo("second");
    }

    @Test
    void a_rest_of_no_time_at_all_is_out_of_quota_as_well() {
        gemini.on("first", outOfQuota("0s")).on("second", outOfQuota("1s")).on("third", outOfQuota("0.5s"));

        assertThat(chain(Clock.systemUTC(), Duration.ofSeconds(5)).ask(PROMPT)).isInstanceOf(Opinion.Deferred.class);
    }

    @Test
    void a_model_that_does_not_exist_is_not_asked_again_for_an_hour() {
        gemini.on("second", says(GOOD));
        var chain = chain(clock, Duration.ofSeconds(5));

        chain.ask(PROMPT);
        chain.ask(PROMPT);
        clock.forward(Duration.ofMinutes(61));
        chain.ask(PROMPT);

        assertThat(gemini.asked()).containsExactly("first", "second", "second", "first", "second");
    }

    @Test
    void a_budget_that_is_spent_costs_no_call() {
        gemini.on("first", says(GOOD));
        var chain = new ModelChain(List.of("first"), model(), Duration.ofSeconds(5), new Budget(2, 3, clock), clock);

        chain.ask(PROMPT);
        chain.ask(PROMPT);
        assertThat(chain.ask(PROMPT))
                .isInstanceOfSatisfying(
                        Opinion.Deferred.class,
                        deferred -> assertThat(deferred.until()).isEqualTo(NOW.plusSeconds(60)));
        clock.forward(Duration.ofSeconds(61));
        chain.ask(PROMPT);
        clock.forward(Duration.ofSeconds(61));
        assertThat(chain.ask(PROMPT))
                .isInstanceOfSatisfying(
                        Opinion.Deferred.class,
                        deferred -> assertThat(deferred.until()).isEqualTo(NOW.plus(Duration.ofDays(1))));
        assertThat(gemini.asked()).hasSize(3);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("every model hangs", hangs(), hangs()),
                Arguments.of("a hang and a storm", hangs(), status(500)),
                Arguments.of("a storm and a hang", status(503), hangs()));
    }

    /** Not a speed test: the bound is ten times what an answer takes, and is the promise itself. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void the_deadline_holds_when(String what, Reaction first, Reaction others) {
        gemini.on("first", first).on("second", others).on("third", others);
        var deadline = Duration.ofSeconds(3);
        var chain = chain(Clock.systemUTC(), deadline);
        var begun = System.nanoTime();

        var opinion = chain.ask(PROMPT);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(deadline.multipliedBy(11).dividedBy(10));
        assertThat(opinion).isInstanceOf(Opinion.None.class);
        assertThat(gemini.asked()).containsExactly("first", "second", "third");
    }

    /** {@code GEMINI_API_KEY=… KUBESENT_REAL_GEMINI=true ./mvnw test -Dtest=GeminiChainTest}. */
    @Test
    void the_real_api_answers_in_our_schema() {
        Assumptions.assumeTrue(
                "true".equals(System.getenv("KUBESENT_REAL_GEMINI")),
                "SKIPPED: the real Gemini API is asked only with a key and KUBESENT_REAL_GEMINI=true");
        var real = new ModelChain(
                List.of("gemini-3.5-flash", "gemini-3.5-flash-lite"),
                new GeminiModel(() -> Client.builder().build()),
                Duration.ofSeconds(30),
                new Budget(5, 5, Clock.systemUTC()),
                Clock.systemUTC());

        assertThat(real.ask(PROMPT)).isInstanceOf(Opinion.Given.class);
    }

    private ModelChain chain(Clock at, Duration deadline) {
        return new ModelChain(List.of("first", "second", "third"), model(), deadline, new Budget(1000, 1000, at), at);
    }

    private GeminiModel model() {
        return new GeminiModel(SingletonSupplier.of(gemini::client));
    }
}
