package dev.kubesent.diagnosis.model;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.redaction.Legible;
import dev.kubesent.redaction.Masking;
import java.util.List;

/**
 * What a model says, after it was found to be well-formed and grounded; with its control characters escaped.
 *
 * @param rootCause in a sentence or two
 * @param fixYaml a patch of the pod template; empty where it suggests none
 * @param score 0 to 100, its own idea of its certainty: it can veto, and never permit
 * @param evidence lines that stand in what was sent
 */
public record ModelAnswer(String rootCause, Cause cause, String fixYaml, int score, List<String> evidence) {

    public ModelAnswer {
        rootCause = Legible.line(Masking.text(rootCause));
        fixYaml = Legible.block(fixYaml);
        evidence = List.copyOf(evidence);
    }
}
