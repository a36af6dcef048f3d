package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A signal that the kernel sends for what the program itself does: 128 and the signal's number (signal(7)). It may leave no word in the
 * log, and what stands there may be of no matter: the exit code chooses the family, and what the log says definitely wins over it.
 */
public final class KilledByFault implements Rule {

    private static final String CORE_DUMP =
            "Give a core dump to its developers; the version before may not have this defect.";

    private record Fault(Cause cause, Kind worth, String what, String advice) {}

    private static final Map<Integer, Fault> FAULTS = Map.of(
            132,
            new Fault(
                    Cause.NODE_LACKS_FEATURE,
                    Kind.COMPLAINT,
                    "SIGILL, an instruction that this processor does not have",
                    "Run it on a node with a newer processor (or another CPU type of its virtual machine), or build it"
                            + " for an older one."),
            135,
            new Fault(
                    Cause.BUS_ERROR,
                    Kind.COMPLAINT,
                    "SIGBUS, a bus error: memory behind a mapping is not there",
                    "Look at /dev/shm, huge pages, and files that became shorter while they were mapped."),
            136,
            new Fault(Cause.PROGRAM_DEFECT, Kind.COMPLAINT, "SIGFPE, an arithmetic fault", CORE_DUMP),
            139,
            new Fault(Cause.PROGRAM_DEFECT, Kind.SENTENCE, "SIGSEGV, a segmentation fault", CORE_DUMP));

    static boolean isFault(int exitCode) {
        return FAULTS.containsKey(exitCode);
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(crash ->
                        Optional.ofNullable(FAULTS.get(crash.last().exitCode())).map(fault -> says(crash, fault)));
    }

    private Diagnosis says(CrashFacts crash, Fault fault) {
        return says(
                fault.cause(),
                Confidence.of(fault.worth()).value(),
                "The kernel ended the program with %s (exit code %d)."
                        .formatted(fault.what(), crash.last().exitCode()),
                List.of(crash.status()),
                new Action.None(fault.advice()));
    }
}
