package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Killed while it was still starting: it did not live longer than the probe allows, and never said that it is up. */
final class ProbeTooEarly implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)connection refused|timeout|timed out|deadline exceeded|statuscode: 50[0234]|NOT_SERVING");

    /** How programs tell of a start that is not over. */
    private static final Pattern STARTING = Pattern.compile(
            "(?i)\\b(loading|starting|initiali[sz]ing|warming|migrat(ing|ion)|bootstrapping"
                    + "|booting|preparing|downloading|importing|restoring|recovering|replaying|building|compiling|waiting for|Hibernate)\\b");

    private static final int LAST_LINES = 5;

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                .filter(ProbeTooEarly::isStarting)
                .map(
                        probe -> says(
                                Cause.PROBE_TOO_EARLY,
                                probe.confidence()
                                        .agreeing(true)
                                        .agreeing(probe.neverPassed())
                                        .agreeing(probe.isStartup())
                                        .value(),
                                "The start takes longer than the %d s that the %s probe allows (initialDelaySeconds + periodSeconds × failureThreshold), so it never ends."
                                        .formatted(
                                                probe.allowed().toSeconds(),
                                                probe.isStartup() ? "startup" : "liveness"),
                                quotes(probe),
                                new Action.None(
                                        "Give it a startupProbe with as many tries as the start takes; a longer initialDelaySeconds only shifts it.")));
    }

    /** Without a word of its start, it may as well listen nowhere, or on another port. */
    private static boolean isStarting(ProbeFacts probe) {
        var startIsOver =
                !probe.isStartup() && probe.crash().evidence().container().getStartupProbe() != null;
        return !startIsOver
                && probe.neverPassed()
                && probe.upLine().isEmpty()
                && starting(probe).isPresent();
    }

    private static Optional<Quote> starting(ProbeFacts probe) {
        return probe.crash().log().lines().reversed().stream()
                .limit(LAST_LINES)
                .filter(line -> STARTING.matcher(line.text()).find())
                .findFirst()
                .map(line -> new Quote(Source.LOG, line.text().strip()));
    }

    private static List<Quote> quotes(ProbeFacts probe) {
        return Stream.concat(probe.quotes().stream(), starting(probe).stream()).toList();
    }
}
