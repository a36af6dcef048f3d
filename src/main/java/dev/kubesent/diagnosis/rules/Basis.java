package dev.kubesent.diagnosis.rules;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Trait;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.lifecycle.NeverReady;
import dev.kubesent.diagnosis.rules.run.Findings;
import dev.kubesent.evidence.revision.Revision;
import java.util.Collections;

/** What a cause rests on, and so how sure it is that another revision is without it. */
final class Basis {

    /** Below what the gate acts on by default: for a person. */
    private static final int FITS_ONLY = 85;

    private Basis() {}

    /**
     * That the pods of the other revision live proves only that they once started: what a program says of itself may lie in a ConfigMap that
     * both name and that was changed in place, or in a database. Then it fits, and is for a person.
     */
    static int certain(Diagnosis diagnosis, String container, Revision good, Revision own, boolean isFresh) {
        var known = new Confidence(diagnosis.confidence())
                .agreeing(true)
                .agreeing(isFresh)
                .value();
        if (good.steady() == 0 && good.ready() == 0) {
            return Math.min(FITS_ONLY, known); // it lived once; whether it would again, nothing shows
        }
        if (!Findings.isProof(diagnosis.rule())) {
            return Math.min(FITS_ONLY, known); // a program says the like of what it met outside, too
        }
        if (diagnosis.cause() == Cause.NEVER_READY && !NeverReady.isOfTheProbe(diagnosis, container, own, good)) {
            return Math.min(
                    FITS_ONLY, known); // it may only be slow: nobody has to have chosen the deadline that it missed
        }
        if (diagnosis.cause().is(Trait.OF_FILES) && isShared(good, own)) {
            return Math.min(FITS_ONLY, diagnosis.confidence());
        }
        return diagnosis.cause().is(Trait.OF_PROGRAM) ? Math.min(FITS_ONLY, known) : known;
    }

    /** Whether both take something from the same ConfigMap, Secret or volume. */
    private static boolean isShared(Revision good, Revision own) {
        return !Collections.disjoint(References.of(good.template()), References.of(own.template()));
    }
}
