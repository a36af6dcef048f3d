package dev.kubesent.diagnosis.rules.schedule;

import dev.kubesent.action.Action;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.PendingFacts;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No node takes the pod: by the sentence that the scheduler says of all nodes, each of its counts weighed. */
public final class ScheduleRule implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PendingFacts.of(evidence, Obstacle.NO_NODE)
                .flatMap(pod -> Told.of(pod.heard(), Signatures.of("schedule"))
                        .map(ScheduleRule::told)
                        .or(() -> counted(pod)));
    }

    private static Diagnosis told(Told told) {
        return new Diagnosis(
                told.found().signature().cause(),
                told.confidence().value(),
                told.found().signature().id().equals("claim-missing")
                                && !told.found().caught("deleted").isEmpty()
                        ? "PersistentVolumeClaim %s is being deleted, which waits until nobody uses it."
                                .formatted(told.found().caught("name"))
                        : told.found().explanation(),
                told.quotes(),
                new Action.None(told.found().advice()),
                told.rule());
    }

    private static Optional<Diagnosis> counted(PendingFacts pod) {
        var heard = pod.heard();
        return heard.stream()
                .findFirst()
                .flatMap(first -> Weighed.of(first.chain().message())
                        .map(weighed -> says(
                                weighed,
                                ofSpec(weighed.heaviest(), pod.evidence()),
                                heard.stream()
                                        .filter(one -> one.chain()
                                                .message()
                                                .equals(first.chain().message()))
                                        .map(Heard::quote)
                                        .toList())));
    }

    private static Diagnosis says(Weighed weighed, String ofSpec, List<Quote> quotes) {
        var kind = weighed.heaviest();
        var meaning = Meaning.of(kind);
        var places = quotes.stream().map(Quote::source).distinct().count();
        return new Diagnosis(
                meaning.cause(),
                Confidence.of(weighed.isMost(kind) ? Kind.SENTENCE : Kind.COMPLAINT)
                        .agreeing(places > 1)
                        .value(),
                meaning.explanation().formatted(counts(weighed, kind), weighed.words(kind))
                        + (kind == Refusal.Kind.DEVICE || kind == Refusal.Kind.UNFIT ? ofSpec : "")
                        + weighed.others(kind),
                quotes,
                new Action.None(meaning.advice()),
                meaning.rule());
    }

    /** What the pod itself asks for. */
    private static String ofSpec(Refusal.Kind kind, Evidence evidence) {
        return kind == Refusal.Kind.DEVICE ? claims(evidence) : selector(evidence);
    }

    private static String selector(Evidence evidence) {
        var selector = evidence.pod().getSpec().getNodeSelector();
        return selector == null || selector.isEmpty()
                ? ""
                : " Its nodeSelector wants nodes with the labels %s."
                        .formatted(selector.entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(", ")));
    }

    /** What the pod claims of devices (DRA), whose names the scheduler does not repeat. */
    private static String claims(Evidence evidence) {
        var names = evidence.pod().getSpec().getResourceClaims().stream()
                .map(claim -> claim.getResourceClaimTemplateName() == null
                        ? claim.getName()
                        : claim.getName() + " (" + claim.getResourceClaimTemplateName() + ")")
                .toList();
        return names.isEmpty()
                ? ""
                : " The pod has the resource claims %s: no node has a free device that fits."
                        .formatted(String.join(", ", names));
    }

    private static String counts(Weighed weighed, Refusal.Kind kind) {
        return weighed.all() == 0 ? "" : " (%d of %d)".formatted(weighed.weight(kind), weighed.all());
    }
}
