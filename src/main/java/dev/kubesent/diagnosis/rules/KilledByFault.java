package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A signal that the kernel sends for what the program itself does: 128 and the signal's number. It may leave no word in the log. */
final class KilledByFault implements Rule {

    private static final int SEGMENTATION = 139;

    private static final Map<Integer, String> FAULTS = Map.of(
            132,
            "SIGILL, an instruction that this processor does not have",
            135,
            "SIGBUS, memory that is not there",
            136,
            "SIGFPE, an arithmetic fault",
            SEGMENTATION,
            "SIGSEGV, a segmentation fault");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(
                        crash -> Optional.ofNullable(FAULTS.get(crash.last().exitCode()))
                                .map(
                                        fault -> says(
                                                Cause.PROGRAM_DEFECT,
                                                // The others are as often the node's: an old processor, a full
                                                // /dev/shm, missing huge pages.
                                                Confidence.of(
                                                                crash.last().exitCode() == SEGMENTATION
                                                                        ? Kind.SENTENCE
                                                                        : Kind.FITS)
                                                        .value(),
                                                "The kernel ended the program with " + fault + ".",
                                                List.of(crash.status()),
                                                new Action.None(
                                                        "Hand a core dump to whoever writes it; for SIGILL build for an older processor, for SIGBUS look at /dev/shm and huge pages."))));
    }
}
