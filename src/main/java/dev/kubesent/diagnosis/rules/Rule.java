package dev.kubesent.diagnosis.rules;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** Recognises one cause. */
public interface Rule {

    /** Empty where the evidence does not show this rule's cause. */
    Optional<Diagnosis> diagnose(Evidence evidence);

    /** A diagnosis in this rule's name. */
    default Diagnosis says(Cause cause, int confidence, String explanation, List<Quote> quotes, Action action) {
        return new Diagnosis(
                cause, confidence, explanation, quotes, action, getClass().getSimpleName());
    }
}
