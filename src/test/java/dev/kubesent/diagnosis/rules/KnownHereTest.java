package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.model.AnswerSchema;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.Surroundings;
import dev.kubesent.testing.cures.Acts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The users' own signatures explain, and permit nothing. */
class KnownHereTest {

    /** It has every text. */
    private static final OwnSignatures EVERYTHING = own("(?s).+", "");

    private static final CauseCase EXITS = CauseCase.all().stream()
            .filter(one -> one.cause() == Cause.EXITS_WITH_ERROR)
            .findFirst()
            .orElseThrow();

    private static OwnSignatures own(String pattern, String more) {
        return OwnSignatures.read(Map.of("team.yaml", """
            - id: ours
              patterns: ['%s']
              says: 'It is the thing that we know.'
              advice: 'Do what we do.'
              runbook: https://wiki.example.com/thing
              %s
            """.formatted(pattern, more)));
    }

    static List<CauseCase> cases() {
        return CauseCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatever_it_says_the_action_is_what_it_is_without_it(CauseCase one) {
        for (var evidence :
                List.of(one.evidence().orElseThrow(), alone(one.evidence().orElseThrow()))) {
            var without = Rules.diagnose(evidence);
            var with = Rules.diagnose(evidence, EVERYTHING);

            if (without.action() instanceof Action.None) {
                assertThat(with.action()).isInstanceOf(Action.None.class);
            } else {
                assertThat(with.action()).isEqualTo(without.action());
                assertThat(with.cause()).isEqualTo(without.cause());
            }
            if (with.cause() != Cause.KNOWN_HERE) {
                assertThat(with.cause()).isEqualTo(without.cause());
                assertThat(with.confidence()).isEqualTo(without.confidence());
                assertThat(with.action()).isEqualTo(without.action());
                assertThat(with.quotes()).containsAll(without.quotes());
            }
        }
    }

    /** One that fails alone among siblings that live, in a rollout that is broken and has a good one before it. */
    private static Evidence alone(Evidence evidence) {
        var around = evidence.around();
        var rollout = new RolloutFacts(
                List.of(),
                Optional.empty(),
                RolloutFacts.Life.LIVED,
                RolloutFacts.Failing.ONE,
                List.of(),
                "",
                Optional.empty());
        return new Evidence(
                evidence.failure(),
                evidence.pod(),
                evidence.takenAt(),
                evidence.log(),
                evidence.events(),
                evidence.owners(),
                evidence.namespace(),
                evidence.limitRanges(),
                evidence.quotas(),
                evidence.node(),
                evidence.history(),
                new Surroundings(
                        around.services(),
                        new Reading.Present<>(rollout),
                        around.images(),
                        around.registry(),
                        around.traffic(),
                        around.usage(),
                        around.job()));
    }

    @Test
    void its_cause_can_be_healed_by_nothing() {
        assertThat(Cause.KNOWN_HERE.isOfRevision()).isFalse();
        assertThat(Cause.KNOWN_HERE.mayBeOfOnePod()).isFalse();
        assertThat(Acts.EACH).hasSizeGreaterThanOrEqualTo(7);
        assertThat(Acts.EACH.stream().map(Acts::sample))
                .noneMatch(action -> action.cures().contains(Cause.KNOWN_HERE));
        assertThat(Arrays.stream(Cause.values())
                        .filter(cause -> !AnswerSchema.causes().contains(cause)))
                .containsExactly(Cause.KNOWN_HERE);
    }

    @Test
    void where_the_rules_do_not_know_its_words_are_the_diagnosis_and_no_model_is_asked() {
        var diagnosis = diagnose("FATAL LEDGER-1042 sealed", own("LEDGER-1042", ""));

        assertThat(diagnosis.cause()).isEqualTo(Cause.KNOWN_HERE);
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.KNOWN);
        assertThat(diagnosis.explanation())
                .isEqualTo("It is the thing that we know. Runbook: https://wiki.example.com/thing");
        assertThat(diagnosis.action()).isEqualTo(new Action.None("Do what we do."));
        assertThat(diagnosis.rule()).isEqualTo("own signature team.yaml/ours");
        assertThat(diagnosis.quotes()).anyMatch(quote -> quote.text().contains("LEDGER-1042"));
    }

    @Test
    void where_the_rules_know_it_is_said_beside() {
        var diagnosis = diagnose("FATAL: DATABASE_URL is not set", own("DATABASE_URL", ""));

        assertThat(diagnosis.cause()).isEqualTo(Cause.SETTING_MISSING);
        assertThat(diagnosis.explanation())
                .endsWith(
                        " Your signature ours: It is the thing that we know. Runbook: https://wiki.example.com/thing");
    }

    @Test
    void it_is_found_in_events_and_in_what_the_status_says_too() {
        var event = EXITS.with(List.of(), List.of(new ObservedEvent("Warned", "quota of team-a is used up", "")))
                .evidence()
                .orElseThrow();
        var pull = CauseCase.all().stream()
                .filter(one -> one.cause() == Cause.IMAGE_PULL_AMBIGUOUS)
                .findFirst()
                .orElseThrow()
                .evidence()
                .orElseThrow();

        var ofEvent = Rules.diagnose(event, own("Warned: quota of", ""));
        var ofPull = Rules.diagnose(pull, own("(?i)pull", ""));

        assertThat(ofEvent.cause()).isEqualTo(Cause.KNOWN_HERE);
        assertThat(ofEvent.quotes()).anyMatch(quote -> quote.source() == Source.EVENTS);
        assertThat(ofPull.cause()).isEqualTo(Cause.KNOWN_HERE);
    }

    @Test
    void what_is_calm_or_was_got_over_or_means_something_else_is_not_it() {
        assertThat(diagnose("INFO LEDGER-1042 sealed\nERROR boom of the widget", own("LEDGER-1042", ""))
                        .cause())
                .isEqualTo(Cause.EXITS_WITH_ERROR);
        assertThat(diagnose("WARN LEDGER-1042 sealed\nINFO retry succeeded\nERROR boom", own("LEDGER-1042", ""))
                        .cause())
                .isEqualTo(Cause.EXITS_WITH_ERROR);
        assertThat(diagnose("ERROR LEDGER-1042 sealed by a test", own("LEDGER-1042", "unless: ['by a test']"))
                        .cause())
                .isEqualTo(Cause.EXITS_WITH_ERROR);
    }

    @Test
    void the_first_of_several_counts() {
        var own = OwnSignatures.read(Map.of(
                "b.yaml", "- {id: b, patterns: [LEDGER], says: B.}",
                "a.yaml", "- {id: z, patterns: [sealed], says: Z.}\n- {id: a, patterns: [LEDGER], says: A.}"));

        assertThat(diagnose("ERROR LEDGER-1042 sealed", own).explanation()).isEqualTo("Z.");
    }

    @Test
    void with_logs_and_expressions_made_to_hurt_it_gives_up_soon_and_the_rules_answer_stands() {
        var own = OwnSignatures.read(Map.of(
                "a.yaml",
                IntStream.range(0, 200)
                        .mapToObj("- {id: s%d, patterns: ['(?:.{1,30}){1,8}[z]'], says: B.}"::formatted)
                        .collect(Collectors.joining("\n"))));
        var log = Collections.nCopies(50, "FATAL: frobnication failed " + "ab".repeat(8_000));
        var evidence = EXITS.with(log, List.of()).evidence().orElseThrow();

        var with = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Rules.diagnose(evidence, own));

        assertThat(own.all()).hasSize(200);
        assertThat(with.cause()).isEqualTo(Rules.diagnose(evidence).cause());
        assertThat(with.explanation()).endsWith("with this log they take too much work.");
    }

    private static Diagnosis diagnose(String log, OwnSignatures own) {
        return Rules.diagnose(
                EXITS.with(log.lines().toList(), List.of()).evidence().orElseThrow(), own);
    }
}
