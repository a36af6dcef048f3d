package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises why an image cannot be pulled by a sentence of the runtime or the registry that means nothing else. */
interface PullRule extends Rule {

    Cause cause();

    Pattern text();

    String explain();

    String advice();

    @Override
    default Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(pull -> pull.text(text())
                        .map(quote -> says(
                                cause(),
                                pull.confidence(text()),
                                explain(),
                                List.of(quote),
                                new Action.None(advice()))));
    }
}
