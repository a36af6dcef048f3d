package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.lifecycle.NeverReady;
import dev.kubesent.evidence.Revision;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a cause rests on, and so how sure it is that another revision is without it. */
enum Basis {
    /** The template and its image, which are of the revision. */
    TEMPLATE,
    /** Settings and files, which may be mounted. */
    FILES,
    /** What the program did, whatever it met. */
    PROGRAM;

    private static final Set<Cause> OF_FILES = EnumSet.of(
            Cause.SETTING_MISSING,
            Cause.SETTING_INVALID,
            Cause.FILE_MISSING,
            Cause.FILE_FORBIDDEN,
            Cause.SOURCE_DIRECTORY_MISSING,
            Cause.SCRIPT_UNREADABLE,
            Cause.NEVER_READY,
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
            Cause.DATA_OF_ANOTHER_VERSION,
            Cause.VERSIONS_DO_NOT_FIT,
            Cause.PROBE_TOO_EARLY);

    /** Below what the gate acts on by default: for a person. */
    private static final int FITS_ONLY = 85;

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
        var isShared = !Collections.disjoint(References.of(good.template()), References.of(own.template()));
        return switch (of(diagnosis.cause())) {
            case TEMPLATE -> known;
            case FILES -> isShared ? Math.min(FITS_ONLY, diagnosis.confidence()) : known;
            case PROGRAM -> Math.min(FITS_ONLY, known);
        };
    }

    private static Basis of(Cause cause) {
        if (OF_FILES.contains(cause)) {
            return Basis.FILES;
        }
        return OF_PROGRAM.contains(cause) ? Basis.PROGRAM : Basis.TEMPLATE;
    }
}
