package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;
import java.util.regex.Pattern;

/** It was up, and does not answer within the probe's time any more: hung, or too busy. */
final class ProbeTimesOut implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)timed out|Client\\.Timeout|deadline exceeded|timeout: (failed to connect|health rpc did not complete)|i/o timeout");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                .filter(ProbeTimesOut::wasUp)
                .map(
                        probe -> says(
                                Cause.PROBE_TIMES_OUT,
                                probe.confidence()
                                        .agreeing(probe.words().saysItIsUp())
                                        .value(),
                                "The program was up and no longer answers its probe within %d s: it hangs, or has too little processor."
                                        .formatted(Math.max(
                                                1,
                                                probe.probe().getTimeoutSeconds() == null
                                                        ? 1
                                                        : probe.probe().getTimeoutSeconds())),
                                probe.quotes(),
                                new Action.None(
                                        "Take a thread dump before it is killed; look at cpu limits (throttling), and at what the probe's path waits for.")));
    }

    /** Whoever never answered may still be starting, whatever it says. */
    private static boolean wasUp(ProbeFacts probe) {
        return probe.lived().isPresent() && !probe.neverPassed();
    }
}
