package dev.kubesent.diagnosis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.redaction.Redaction;
import dev.kubesent.testing.Golden;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class WhatLeavesPageTest {

    private static final Path PAGE = Path.of("docs/what-leaves-the-cluster.md");

    @Test
    void the_page_shows_the_prompt_that_the_sample_question_really_becomes() throws IOException {
        var prompts = new ArrayList<Prompt>();
        Doctor doctor = evidence -> {
            prompts.add(PromptWriter.write(evidence, new Redaction(Redaction.Addresses.REMOVED)));
            return new Opinion.None("", Opinion.Ended.UNUSABLE);
        };
        var _ = new DiagnoseEndpoint(doctor, ScenarioRun.defaultPolicies(), 1 << 20, 4, Clock.systemUTC())
                .answer(Questions.raw(Files.readString(Path.of("events/diagnose/locked.json"))));

        assertThat(prompts).hasSize(1);
        var page = Files.readString(PAGE);
        var start = page.indexOf("```text\n") + 8;
        var shown = prompts.getFirst().instruction() + "\n" + prompts.getFirst().evidence() + "\n";
        Golden.assertMatches(PAGE, page.substring(0, start) + shown + page.substring(page.indexOf("```", start)));
    }
}
