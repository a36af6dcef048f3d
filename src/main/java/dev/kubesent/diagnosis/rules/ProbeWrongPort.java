package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refused on the port that the probe asks, while the program says that it listens on another. */
final class ProbeWrongPort implements Rule {

    private static final Pattern TEXT = Pattern.compile("(?i)connection refused");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                .filter(ProbeWrongPort::isOther)
                .map(probe -> says(
                        Cause.PROBE_WRONG_PORT,
                        probe.confidence().agreeing(true).value(),
                        "The probe asks port %s, and the program listens on %s."
                                .formatted(
                                        number(probe.port()),
                                        numbers(probe.words().listensOn())),
                        probe.quotes(),
                        new Action.None("Correct the probe's port; the program itself seems well.")));
    }

    /** The declared ports say little: they bind nobody. What the program says of itself does, unless it goes on starting. */
    private static boolean isOther(ProbeFacts probe) {
        return probe.neverPassed()
                && probe.words().starting().isEmpty()
                && !probe.words().listensOn().isEmpty()
                && probe.port()
                        .filter(port -> !probe.words().listensOn().contains(port))
                        .isPresent();
    }

    private static String number(Optional<Integer> port) {
        return port.map(String::valueOf).orElse("another");
    }

    private static String numbers(Set<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }
}
