package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises why a pod does not start by a sentence of the scheduler or the kubelet. */
interface PendingRule extends Rule {

    Cause cause();

    Obstacle obstacle();

    Pattern text();

    String explain(Matcher found);

    String advice();

    /** What the sentence is worth; less where it only says that it fails. */
    default Kind worth(String said) {
        return Kind.SENTENCE;
    }

    @Override
    default Optional<Diagnosis> diagnose(Evidence evidence) {
        return PendingFacts.of(evidence)
                .filter(pod -> pod.obstacle() == obstacle())
                .flatMap(this::judge);
    }

    private Optional<Diagnosis> judge(PendingFacts pod) {
        var said = pod.texts().stream()
                .filter(text -> text().matcher(text.raw()).find())
                .toList();
        return said.stream().findFirst().map(first -> {
            var found = text().matcher(first.raw());
            var _ = found.find();
            // Two writers: the condition and the event.
            var places =
                    said.stream().map(one -> one.quote().source()).distinct().count();
            return says(
                    cause(),
                    Confidence.of(pod.isLast(first) ? worth(first.raw()) : Kind.FITS)
                            .agreeing(places > 1)
                            .value(),
                    explain(found),
                    said.stream().map(Said::quote).toList(),
                    new Action.None(advice()));
        });
    }
}
