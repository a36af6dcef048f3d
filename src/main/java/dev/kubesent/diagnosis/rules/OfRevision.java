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
import dev.kubesent.evidence.Revision;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the newest revision brought the failure along: it never came to live, pods of an earlier one live beside it at this very time, and
 * the cause lies in what a revision brings along. Then to go back is the cure.
 */
final class OfRevision {

    private static final Set<Cause> OF_FILES = EnumSet.of(
            Cause.SETTING_MISSING,
            Cause.SETTING_INVALID,
            Cause.FILE_MISSING,
            Cause.FILE_FORBIDDEN,
            Cause.SOURCE_DIRECTORY_MISSING,
            Cause.SCRIPT_UNREADABLE,
            Cause.PROBE_WRONG_PORT,
            Cause.PROBE_WRONG_PATH,
            Cause.PROBE_WRONG_PROTOCOL);

    private static final Set<Cause> OF_PROGRAM = EnumSet.of(
            Cause.EXITS_WITH_ERROR,
            Cause.EXITS_ZERO,
            Cause.PROGRAM_DEFECT,
            Cause.HOOK_FAILED,
            Cause.HEAP_EXHAUSTED,
            Cause.PORT_IN_USE,
            Cause.PROBE_TOO_EARLY);

    /** Below what the gate acts on by default: for a person. */
    private static final int FITS_ONLY = 85;

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
        if (isOfAReference(diagnosis.cause()) && References.bothWantIt(good, own, evidence)) {
            return noted(diagnosis, good.display() + " lives, and wants that too");
        }
        var certain = certain(diagnosis, good, own, !rollout.changes().isEmpty());
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

    /**
     * That the pods of the other revision live proves only that they once started: what a program says of itself may lie in a ConfigMap that
     * both name and that was changed in place, or in a database. Then it fits, and is for a person.
     */
    private static int certain(Diagnosis diagnosis, Revision good, Revision own, boolean isFresh) {
        var known = new Confidence(diagnosis.confidence())
                .agreeing(true)
                .agreeing(isFresh)
                .value();
        var isShared = !Collections.disjoint(References.of(good.template()), References.of(own.template()));
        return switch (basis(diagnosis.cause())) {
            case TEMPLATE -> known;
            case FILES -> isShared ? Math.min(FITS_ONLY, diagnosis.confidence()) : known;
            case PROGRAM -> Math.min(FITS_ONLY, known);
        };
    }

    /** What a cause rests on. */
    private enum Basis {
        /** The template and its image, which are of the revision. */
        TEMPLATE,
        /** Settings and files, which may be mounted. */
        FILES,
        /** What the program did, whatever it met. */
        PROGRAM
    }

    private static Basis basis(Cause cause) {
        if (OF_FILES.contains(cause)) {
            return Basis.FILES;
        }
        return OF_PROGRAM.contains(cause) ? Basis.PROGRAM : Basis.TEMPLATE;
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
