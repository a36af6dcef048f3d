package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Killed while it was still starting: it did not live longer than the probe allows, and never said that it is up. */
final class ProbeTooEarly implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)connection refused|timeout|timed out|deadline exceeded|statuscode: 50[0234]|NOT_SERVING");

    private static final int TIMES = 4;

    private static final Duration AT_LEAST = Duration.ofMinutes(5);

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                .filter(ProbeTooEarly::isStarting)
                .map(probe -> says(
                        Cause.PROBE_TOO_EARLY,
                        probe.confidence()
                                .agreeing(true)
                                .agreeing(probe.neverPassed())
                                .agreeing(probe.isStartup())
                                .value(),
                        "The start takes longer than the %d s that the %s probe allows (initialDelaySeconds + periodSeconds × failureThreshold), so it never ends."
                                .formatted(probe.allowed().toSeconds(), probe.isStartup() ? "startup" : "liveness"),
                        quotes(probe),
                        action(probe)));
    }

    /** Where there is a startupProbe already, it is for a person to say how much longer it may be. */
    private static Action action(ProbeFacts probe) {
        return probe.isStartup()
                ? new Action.None("Give the startupProbe as many tries as the start takes.")
                : new Action.AllowStart(longer(probe.allowed()));
    }

    /** A startupProbe costs nothing once it has passed, so it may be ample: what is late is only the end of a start that never ends. */
    private static Duration longer(Duration allowed) {
        return allowed.multipliedBy(TIMES).compareTo(AT_LEAST) > 0 ? allowed.multipliedBy(TIMES) : AT_LEAST;
    }

    /** Without a word of its start, it may as well listen nowhere, or on another port. */
    private static boolean isStarting(ProbeFacts probe) {
        var startIsOver =
                !probe.isStartup() && probe.crash().evidence().container().getStartupProbe() != null;
        return !startIsOver && probe.neverPassed() && probe.words().starting().isPresent();
    }

    private static List<Quote> quotes(ProbeFacts probe) {
        return Stream.concat(probe.quotes().stream(), probe.words().starting().stream())
                .toList();
    }
}
