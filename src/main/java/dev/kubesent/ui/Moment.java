package dev.kubesent.ui;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A point of an incident's timeline.
 *
 * @param at when it was
 * @param text as the story tells it
 */
record Moment(
        Stage stage,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        String text) {

    /** Where on its way an incident was. Each is recognised by how its sentence in the story begins; MomentsTest holds it against real stories. */
    enum Stage {
        SEEN("saw "),
        DIAGNOSED("diagnosed "),
        GATE("no automatic fix: ", "refused: ", "waits: ", "proposed only: ", "approved"),
        ACT("applied: ", "altered by somebody else: ", "put back: "),
        SURVIVED("it survives"),
        TAKEN_BACK("taken back: ", "it did not help", "it did not come up"),
        ENDED("failed: ", "superseded: ", "it stays as it is", "what it is about is gone");

        private final List<String> beginnings;

        Stage(String... beginnings) {
            this.beginnings = List.of(beginnings);
        }

        static Optional<Stage> of(String sentence) {
            return Arrays.stream(values())
                    .filter(stage -> stage.beginnings.stream().anyMatch(sentence::startsWith))
                    .findFirst();
        }
    }
}
