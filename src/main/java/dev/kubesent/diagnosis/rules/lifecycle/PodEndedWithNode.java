package dev.kubesent.diagnosis.rules.lifecycle;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Ended;
import java.util.Optional;

/** The pod ended for its node: that shut down (nodeshutdown), or made room for a critical pod (preemption.go). Neither is its program's error. */
public final class PodEndedWithNode implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof Ended ended
                ? switch (ended.how()) {
                    case NODE_SHUT_DOWN ->
                        Optional.of(says(
                                ended,
                                Cause.NODE_SHUT_DOWN,
                                "The node shut down, and the pod with it.",
                                Cause.NODE_SHUT_DOWN.advice()));
                    case PREEMPTED ->
                        Optional.of(says(
                                ended,
                                Cause.PREEMPTED,
                                "The kubelet ended the pod to make room for a critical one.",
                                Cause.PREEMPTED.advice()));
                    case EVICTED, REFUSED -> Optional.empty();
                }
                : Optional.empty();
    }

    private Diagnosis says(Ended ended, Cause cause, String text, String advice) {
        return says(
                cause,
                Confidence.of(Kind.FIELD).agreeing(true).value(),
                text,
                Said.quotes(ended),
                new Action.None(advice));
    }
}
