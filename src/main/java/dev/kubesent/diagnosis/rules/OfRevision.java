package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Revision;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Termination;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the newest revision brought the failure along: it never came to live, pods of an earlier one live beside it at this very time, and
 * the cause lies in what a revision brings along. Then to go back is the cure.
 */
final class OfRevision {

    /** A Secret or ConfigMap that is missing, as the kubelet names it. */
    private static final Pattern MISSING =
            Pattern.compile("(?i)(?<!in )(?:secret|configmap|persistentvolumeclaim)s? \"?(?:[\\w.-]+/)?([\\w.-]+)\"?");

    /** The same of a key in one. */
    private static final Pattern MISSING_KEY =
            Pattern.compile("find key (\\S+) in (?:Secret|ConfigMap) (?:[\\w.-]+/)?([\\w.-]+)");

    private OfRevision() {}

    static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence) {
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        if (!diagnosis.cause().isOfRevision() || !rollout.isBroken() || rollout.isFirst()) {
            return diagnosis;
        }
        var history = evidence.history().present().orElse(History.NONE);
        return rollout.good(history)
                .map(good -> weighed(diagnosis, evidence, rollout, good))
                .orElseGet(() -> noted(diagnosis, none(rollout)));
    }

    private static String none(RolloutFacts rollout) {
        return rollout.earlier().isEmpty()
                ? "No earlier revision is kept (revisionHistoryLimit)"
                : "Of %d earlier revisions none is known to live"
                        .formatted(rollout.earlier().size());
    }

    private static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence, RolloutFacts rollout, Revision good) {
        var own = rollout.own().orElseThrow();
        var container = evidence.failure().subject().container();
        if (relevant(good, container).equals(relevant(own, container))) {
            return noted(diagnosis, good.display() + " lives, and differs in nothing of this container");
        }
        if (isOfAReference(diagnosis.cause()) && alsoWants(good, own, evidence)) {
            return noted(diagnosis, good.display() + " lives, and wants that too");
        }
        var certain = new Confidence(diagnosis.confidence())
                .agreeing(true)
                .agreeing(!rollout.changes().isEmpty())
                .value();
        var back = new Diagnosis(
                diagnosis.cause(),
                certain,
                diagnosis.explanation(),
                diagnosis.quotes(),
                new Action.RollBack(),
                diagnosis.rule());
        return noted(
                back,
                "%s lives, with %d of its pods ready; of %s none ever was"
                        .formatted(good.display(), good.steady(), own.display()));
    }

    /** Whether something is missing that a template only names. */
    private static boolean isOfAReference(Cause cause) {
        return cause == Cause.CONFIGURATION_MISSING || cause == Cause.CLAIM_MISSING || cause == Cause.HOST_PATH_MISSING;
    }

    private static Diagnosis noted(Diagnosis diagnosis, String text) {
        return diagnosis.with(
                text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".",
                new Quote(Source.ROLLOUT, text));
    }

    /** The pod's spec without the other containers. What differs in labels and annotations only, runs alike. */
    private static JsonNode relevant(Revision revision, String container) {
        var spec = revision.template().path("spec").deepCopy();
        for (var list : List.of("containers", "initContainers")) {
            if (spec.path(list) instanceof ArrayNode containers) {
                containers.removeIf(one -> !container.equals(one.path("name").asText()));
            }
        }
        return spec;
    }

    /**
     * What is missing for both comes back by itself, or by hand; to go back would not help. Asked of the words as they came: in a quote the
     * name of a Secret is masked.
     */
    private static boolean alsoWants(Revision good, Revision own, Evidence evidence) {
        var before = References.of(good.template());
        var now = References.of(own.template());
        var said = Stream.concat(
                evidence.failure().lastRun().map(Termination::message).stream(),
                evidence.events().present().orElse(List.of()).stream().map(ObservedEvent::message));
        var missing = said.flatMap(text -> Stream.concat(
                        MISSING.matcher(text).results().map(found -> found.group(1)),
                        MISSING_KEY.matcher(text).results().map(found -> found.group(2) + "/" + found.group(1))))
                .toList();
        return before.containsAll(now) || missing.stream().anyMatch(before::contains);
    }
}
