package dev.kubesent.diagnosis.rules.probe;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Source;
import java.util.stream.Stream;

/** A diagnosis of a probe, as all of them are said. */
final class ProbeWords {

    /** Below what the gate acts on: circumstances that fit, and no word of who knows. */
    static final int CIRCUMSTANCES = 85;

    private ProbeWords() {}

    static Diagnosis says(
            Cause cause, int confidence, String explanation, ProbeFacts facts, Action action, String rule) {
        return new Diagnosis(cause, confidence, explanation, facts.quotes(), action, rule);
    }

    static Diagnosis quoting(Diagnosis diagnosis, String line) {
        return new Diagnosis(
                diagnosis.cause(),
                diagnosis.confidence(),
                diagnosis.explanation(),
                Stream.concat(diagnosis.quotes().stream(), Stream.of(new Quote(Source.LOG, line)))
                        .toList(),
                diagnosis.action(),
                diagnosis.rule());
    }
}
