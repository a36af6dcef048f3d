package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.archive.FolderArchive;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.redaction.Masking;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.testing.Questions;
import dev.kubesent.text.Effort;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 2 of shared/reviews/security.md: only the rules had an end; what looked for secrets, for a model or a file, had none. */
class TooMuchTextTest {

    private static final String SECRET = "password=hunter2-and-more";

    @Test
    void a_text_for_which_no_work_is_left_is_not_shown_at_all() {
        assertThat(Effort.within(1_000, () -> Masking.text("x ".repeat(5_000) + SECRET)))
                .isEqualTo(Effort.NOT_SHOWN);
        assertThat(Effort.within(
                        1_000, () -> new Redaction(Redaction.Addresses.REMOVED).text((SECRET + " ").repeat(50))))
                .isEqualTo(Effort.NOT_SHOWN);
    }

    @Test
    void nor_is_any_that_comes_after_it_however_short() {
        var shown = Effort.within(
                1_000, () -> List.of(Masking.text(SECRET), Masking.text("x".repeat(10_000)), Masking.text(SECRET)));

        assertThat(shown).containsExactly("password=***", Effort.NOT_SHOWN, Effort.NOT_SHOWN);
    }

    /** Wherever it ends: a text shows what it would with all the work there is, or nothing. */
    @ParameterizedTest
    @ValueSource(strings = {SECRET, "token: abc password=hunter2-and-more; --api-key 0123456789abcdef0123456789"})
    void no_end_in_the_middle_shows_half_a_secret(String text) {
        var whole = new Redaction(Redaction.Addresses.REMOVED).text(text);
        var ends = Stream.iterate(1L, steps -> steps + 7)
                .limit(1_000)
                .map(steps -> Effort.within(steps, () -> new Redaction(Redaction.Addresses.REMOVED).text(text)))
                .distinct()
                .toList();

        assertThat(whole).doesNotContain("hunter2");
        assertThat(ends).containsExactlyInAnyOrder(Effort.NOT_SHOWN, whole);
    }

    @Test
    void what_a_redaction_knows_already_is_counted_as_well() {
        var redaction = new Redaction(Redaction.Addresses.KEPT);
        for (int i = 0; i < 1_000; i++) {
            redaction.hidden("secret-number-" + i);
        }
        assertThat(Effort.within(100_000, () -> redaction.text("secret-number-x ".repeat(1_000))))
                .isEqualTo(Effort.NOT_SHOWN);
    }

    @Test
    void a_prompt_a_diagnosis_and_a_quote_end_without_an_exception() {
        var shown = within(5_000, () -> PromptWriter.write(Questions.oom(), new Redaction(Redaction.Addresses.KEPT)))
                .evidence();

        assertThat(shown).contains(Effort.NOT_SHOWN).doesNotContain("hunter2");
        assertThat(within(1, () -> Rules.diagnose(Questions.oom())).confidence())
                .isZero();
    }

    /** A thread of its own writes it, which nothing that the incident has left reaches. */
    @Test
    void the_archive_has_an_end_of_its_own(@TempDir Path folder) throws IOException {
        var incident = new Incident();
        incident.setMetadata(
                new ObjectMetaBuilder().withNamespace("web").withName("one").build());
        incident.setSpec(new IncidentSpec(
                "Pod", "p", "r", "app", FailureKind.CrashLoopBackOff, false, null, null, false, null, null));
        var evidence = Questions.evidence(String.join("\n", Collections.nCopies(50, "secret=".repeat(2_000))));

        new FolderArchive(folder).keep(incident, evidence);

        assertThat(Files.readString(folder.resolve("web/one/log.txt"))).isNotEmpty();
    }

    private static <T> T within(long steps, Supplier<T> work) {
        return Effort.within(steps, work);
    }
}
