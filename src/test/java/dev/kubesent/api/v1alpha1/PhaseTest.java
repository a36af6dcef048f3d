package dev.kubesent.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Phase.Progress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each phase says of itself. */
class PhaseTest {

    private static final List<Phase> ROWS = List.of(Phase.values());

    @ParameterizedTest
    @CsvSource({
        // phase, progress, keeps an intent, at rest
        "Opened,         BEGUN,     false, false",
        "Diagnosed,      BEGUN,     false, false",
        "NoAutomaticFix, UNDECIDED, false, false",
        "Refused,        UNDECIDED, false, false",
        "Waiting,        UNDECIDED, false, false",
        "Proposed,       UNDECIDED, false, false",
        "Acting,         AT_WORK,   true,  false",
        "Verifying,      AT_WORK,   false, false",
        "Healed,         OVER,      false, true",
        "Undoing,        AT_WORK,   true,  false",
        "Failed,         OVER,      true,  false",
        "Superseded,     OVER,      false, true",
        "Closed,         OVER,      false, true"
    })
    void a_phase_says_how_far_it_has_come(Phase phase, Progress progress, boolean keepsIntent, boolean atRest) {
        assertThat(phase.progress()).isEqualTo(progress);
        assertThat(phase.keepsIntent()).isEqualTo(keepsIntent);
        assertThat(phase.isAtRest()).isEqualTo(atRest);
        assertThat(ROWS).hasSize(13);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void the_other_answers_follow_from_that(Phase phase) {
        assertThat(phase.atWork()).isEqualTo(phase.progress() == Progress.AT_WORK);
        assertThat(phase.isUndecided()).isEqualTo(phase.progress() == Progress.UNDECIDED);
        assertThat(phase.unfinished()).isEqualTo(phase.progress() == Progress.BEGUN || phase.atWork());
        assertThat(phase.isBeforeAnAct()).isEqualTo(phase.progress() == Progress.BEGUN || phase.isUndecided());
    }

    @Test
    void what_is_right_and_what_is_no_are_all_that_was_judged_and_not_done() {
        assertThat(Arrays.stream(Phase.values()).filter(Phase::isUndecided))
                .allMatch(phase -> phase.isRight() != phase.isNo());
    }
}
