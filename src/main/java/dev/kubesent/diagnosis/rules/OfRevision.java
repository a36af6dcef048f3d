package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubesent.action.RollBack;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.evidence.revision.Revision;
import java.util.List;
import java.util.Locale;

/**
 * Whether the newest revision brought the failure along: it never came to live, pods of an earlier one live beside it at this very time or lived before
 * it, and the cause lies in what a revision brings along. Then to go back is the cure.
 */
final class OfRevision {

    private OfRevision() {}

    static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence) {
        var traffic = evidence.around().traffic().present().orElse(TrafficFacts.NONE);
        if (diagnosis.cause().isOfRevision() && traffic.isBroken()) {
            return ofTraffic(diagnosis, evidence, traffic);
        }
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        if (!rollout.isBroken() || rollout.isFirst()) {
            return diagnosis;
        }
        var history = evidence.history().present().orElse(History.NONE);
        if (!diagnosis.cause().isOfRevision()) {
            return isToBeWaitedFor(diagnosis.cause())
                    ? rollout.good(history)
                            .map(good -> noted(
                                    diagnosis,
                                    "not rolled back to %s: the cause lies outside both revisions. Once that is fixed, this one starts by itself"
                                            .formatted(good.display())))
                            .orElse(diagnosis)
                    : diagnosis;
        }
        return rollout.good(history)
                .map(good -> weighed(diagnosis, evidence, rollout, good, said(good, rollout, history)))
                .orElseGet(() -> noted(diagnosis, none(rollout)));
    }

    /** Of a Knative Service, whose earlier Revisions are kept ready. */
    private static Diagnosis ofTraffic(Diagnosis diagnosis, Evidence evidence, TrafficFacts traffic) {
        var own = traffic.broken().orElseThrow();
        return traffic.good()
                .map(good -> weighed(
                        diagnosis,
                        evidence,
                        own,
                        good,
                        false,
                        "Revision %s was ready, and is not any more; Revision %s is ready"
                                .formatted(own.name(), good.name())))
                .orElseGet(() -> noted(diagnosis, "No earlier Revision is ready"));
    }

    /** What no revision brings along, and no person has to change in the workload. */
    private static boolean isToBeWaitedFor(Cause cause) {
        return cause.place().isOutside() || cause == Cause.IMAGE_CREDENTIALS_REFUSED;
    }

    private static String none(RolloutFacts rollout) {
        return rollout.earlier().isEmpty()
                ? "No earlier revision is kept (revisionHistoryLimit)"
                : "Of %d earlier revisions none is known to be healthy"
                        .formatted(rollout.earlier().size());
    }

    private static String said(Revision good, RolloutFacts rollout, History history) {
        return rollout.lived(history)
                .filter(lived -> lived.revision().equals(good))
                .map(lived -> "was healthy, with all of its pods ready, as an incident saw at " + lived.at())
                .orElseGet(() -> "is healthy, with %d of its pods ready".formatted(good.steady()));
    }

    private static Diagnosis weighed(
            Diagnosis diagnosis, Evidence evidence, RolloutFacts rollout, Revision good, String said) {
        var own = rollout.own().orElseThrow();
        return weighed(
                diagnosis,
                evidence,
                own,
                good,
                !rollout.changes().isEmpty(),
                "%s %s; no pod of %s ever was".formatted(good.display(), said, own.display()));
    }

    private static Diagnosis weighed(
            Diagnosis diagnosis, Evidence evidence, Revision own, Revision good, boolean isFresh, String text) {
        var container = evidence.failure().subject().container();
        var which = good.display() + (good.steady() > 0 ? " is healthy" : " was healthy");
        if (relevant(good, container).equals(relevant(own, container))) {
            return noted(diagnosis, which + ", and is the same in all that concerns this container");
        }
        if (isOfAReference(diagnosis.cause()) && References.bothWantIt(good, own, evidence)) {
            return noted(diagnosis, which + ", and wants that too: once it is there, this starts by itself");
        }
        var certain = Basis.certain(diagnosis, container, good, own, isFresh);
        var back = new Diagnosis(
                diagnosis.cause(),
                certain,
                diagnosis.explanation(),
                diagnosis.quotes(),
                new RollBack(),
                diagnosis.rule());
        return noted(back, text);
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
}
