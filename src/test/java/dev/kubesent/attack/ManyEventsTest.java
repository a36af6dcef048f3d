package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding 5b of shared/reviews/security.md: 16,000 events with a secret each were redacted one by one, for minutes. */
class ManyEventsTest {

    private static final int MANY = 16_000;

    private final List<Evidence> asked = new ArrayList<>();
    private final Doctor doctor = evidence -> {
        asked.add(evidence);
        return new Opinion.None("nothing to say", Opinion.Ended.UNUSABLE);
    };

    @Test
    void of_events_without_number_the_last_ones_are_shown_and_no_others_are_worked_on() {
        var events = IntStream.range(0, MANY)
                .mapToObj(i -> "Failed: event-%d password=Zx9-%d-kQv".formatted(i, i))
                .toList();

        var reply = endpoint().answer(Questions.of(Questions.KILLED, "", events));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().events().present().orElseThrow()).hasSizeLessThanOrEqualTo(500);
        var latest = PromptWriter.latestEvents(asked.getFirst());
        assertThat(String.join("\n", latest)).contains("event-15999").hasSizeLessThan(4000);
        assertThat(PromptWriter.write(asked.getFirst(), new Redaction(Redaction.Addresses.KEPT))
                        .evidence())
                .contains("event-15999 ")
                .doesNotContain("event-1 ");
    }

    @Test
    void of_one_event_that_is_longer_than_all_that_is_shown_its_begin_is_shown() {
        endpoint().answer(Questions.of(Questions.KILLED, "", List.of("Failed: begin" + " x".repeat(5000))));

        assertThat(PromptWriter.write(asked.getFirst(), new Redaction(Redaction.Addresses.KEPT))
                        .evidence())
                .contains("Failed: begin");
    }

    @Test
    void of_variables_without_number_the_first_ones_are_shown() {
        var env = new StringBuilder();
        IntStream.range(0, MANY).forEach(i -> env.append("{name: V%d, value: Zx9-%d-kQv}, ".formatted(i, i)));
        var pod = Questions.KILLED.replace("    resources:", "    env: [" + env + "]\n    resources:");

        endpoint().answer(Questions.of(pod, "", List.of()));

        assertThat(PromptWriter.write(asked.getFirst(), new Redaction(Redaction.Addresses.KEPT))
                        .evidence())
                .contains("V0")
                .doesNotContain("V100");
    }

    private DiagnoseEndpoint endpoint() {
        return new DiagnoseEndpoint(doctor, ScenarioRun.defaultPolicies(), 1 << 21, 1, Clock.systemUTC());
    }
}
