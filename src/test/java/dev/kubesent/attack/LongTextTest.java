package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.failure.Termination;
import dev.kubesent.testing.Questions;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import org.junit.jupiter.api.Test;

/** Finding 2 of shared/reviews/security.md: what a status and an Event say was as long as whoever wrote it liked. */
class LongTextTest {

    private static final String LONG = "x".repeat(1 << 20);

    @Test
    void a_termination_message_and_a_message_of_an_event_are_cut_where_they_are_read() {
        var end = Termination.of(
                new ContainerStateTerminatedBuilder().withMessage(LONG).build());

        assertThat(end.message()).hasSize(ForeignText.MESSAGE);
        assertThat(new ObservedEvent(LONG, LONG, "app").message()).hasSize(ForeignText.MESSAGE);
        assertThat(new ObservedEvent(LONG, LONG, "app").reason()).hasSize(ForeignText.MESSAGE);
    }

    @Test
    void no_character_is_cut_in_two() {
        var faces = "\ud83d\ude00".repeat(ForeignText.LINE);

        assertThat(ForeignText.line("x" + faces)).hasSize(ForeignText.LINE - 1).endsWith("\ude00");
    }

    @Test
    void a_diagnosis_that_takes_more_work_than_it_is_given_is_none_and_acts_on_nothing() {
        var given = Rules.diagnose(Questions.oom(), 10);

        assertThat(given.cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(given.confidence()).isZero();
        assertThat(given.explanation()).contains("more work than a diagnosis is given");
        assertThat(Rules.diagnose(Questions.oom()).cause()).isEqualTo(Cause.MEMORY_LIMIT_TOO_LOW);
    }
}
