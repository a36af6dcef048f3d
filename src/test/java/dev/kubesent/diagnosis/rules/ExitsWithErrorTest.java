package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.diagnosis.rules.run.ExitsWithError;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.Source;
import dev.kubesent.testing.Questions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that printed nothing is another thing than a log that nobody may read. */
class ExitsWithErrorTest {

    @Test
    void an_empty_log_and_one_that_was_not_read_are_told_apart() {
        assertThat(said(new Present<>(List.of()))).endsWith("exit code 3: it left no log line");
        assertThat(said(new Missing<>(Source.LOG, "forbidden"))).endsWith("exit code 3: its log could not be read");
    }

    private static String said(Reading<List<String>> log) {
        var of = Questions.ofPod(Questions.KILLED.replace("exitCode: 137", "exitCode: 3"));
        var evidence = new Evidence(
                of.failure(),
                of.pod(),
                of.takenAt(),
                log,
                of.events(),
                of.owners(),
                of.namespace(),
                of.limitRanges(),
                of.quotas(),
                of.node(),
                of.history(),
                of.around());
        return new ExitsWithError().diagnose(evidence).orElseThrow().explanation();
    }
}
