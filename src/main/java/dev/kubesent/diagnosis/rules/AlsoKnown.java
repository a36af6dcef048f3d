package dev.kubesent.diagnosis.rules;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Place;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.run.FirstToFail;
import dev.kubesent.diagnosis.rules.run.JobEnded;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.stream.Collectors;

/** What a person should know beside the cause: which container failed first, that its Job has given up, what a rollout changed. */
final class AlsoKnown {

    private static final int CHANGES_SHOWN = 5;

    private AlsoKnown() {}

    static Diagnosis with(Diagnosis diagnosis, Evidence evidence) {
        return withRollout(
                withJob(withFirst(diagnosis, evidence), evidence),
                evidence.around().rollout().present().orElse(RolloutFacts.NONE).changes());
    }

    private static Diagnosis withJob(Diagnosis diagnosis, Evidence evidence) {
        return JobEnded.of(evidence)
                .map(ended -> diagnosis.with(ended.text() + ".", ended))
                .orElse(diagnosis);
    }

    /** Where its own cause is known, it is nobody's victim. */
    private static Diagnosis withFirst(Diagnosis diagnosis, Evidence evidence) {
        return diagnosis.confidence() >= Confidence.KNOWN && diagnosis.cause() != Cause.SIBLING_FAILED
                ? diagnosis
                : FirstToFail.of(evidence)
                        .map(first -> diagnosis.with("Of this pod, " + first.text() + "; it may be the cause.", first))
                        .orElse(diagnosis);
    }

    /** A failure right after a rollout is mostly its doing; not where the registry or the node is at fault. */
    private static Diagnosis withRollout(Diagnosis diagnosis, List<String> changes) {
        var isElsewhere =
                diagnosis.cause().place() == Place.REGISTRY || diagnosis.cause().place() == Place.NODE;
        if (changes.isEmpty() || isElsewhere) {
            return diagnosis;
        }
        var shown = changes.stream().limit(CHANGES_SHOWN).collect(Collectors.joining("; "));
        var more = changes.size() > CHANGES_SHOWN ? "; and " + (changes.size() - CHANGES_SHOWN) + " more" : "";
        return diagnosis.with(
                "The rollout before it changed: " + shown + more + ".", new Quote(Source.ROLLOUT, shown + more));
    }
}
