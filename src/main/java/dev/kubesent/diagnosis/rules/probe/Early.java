package dev.kubesent.diagnosis.rules.probe;

import dev.kubesent.action.Action;
import dev.kubesent.action.AllowStart;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import java.time.Duration;
import java.util.Optional;

/** Killed while it was still starting: it did not live longer than the probe allows, and never said that it is up. */
final class Early {

    private static final int TIMES = 4;

    /** For a start that is given more time, however little its probe allowed. */
    private static final Duration AT_LEAST = Duration.ofMinutes(5);

    private Early() {}

    /** Without a word of its start, it may as well listen nowhere, or on another port. */
    static Optional<Diagnosis> of(ProbeFacts facts) {
        return facts.startIsOver() || !facts.neverPassed()
                ? Optional.empty()
                : Starting.works(facts.log()).map(line -> tooEarly(facts, line)).or(() -> startupOnly(facts));
    }

    /** @param line in which the program tells of a start that goes on */
    static Diagnosis tooEarly(ProbeFacts facts, String line) {
        return ProbeWords.quoting(
                ProbeWords.says(
                        Cause.PROBE_TOO_EARLY,
                        sure(facts, line),
                        took(facts),
                        facts,
                        facts.isStartup()
                                // Where there is a startupProbe already, it is for a person to say how much longer it
                                // may be.
                                ? new Action.None("Give the startupProbe as many tries as the start takes.")
                                : new AllowStart(longer(facts.asked().allowed())),
                        "ProbeTooEarly"),
                line);
    }

    /** That work goes on it says itself only where it tells how much is done; else it is a line that fits. */
    private static int sure(ProbeFacts facts, String line) {
        var sure = facts.confidence(Kind.SENTENCE)
                .agreeing(true)
                .agreeing(true)
                .agreeing(facts.isStartup())
                .value();
        return Starting.hasAmount(line) ? sure : Math.min(ProbeWords.CIRCUMSTANCES, sure);
    }

    /** A startup probe is there for slow starts; the program says nothing of being up, nor of another port. */
    private static Optional<Diagnosis> startupOnly(ProbeFacts facts) {
        return facts.isStartup()
                        && !facts.log().isEmpty()
                        && Listening.of(facts.log()).served().isEmpty()
                ? Optional.of(ProbeWords.says(
                        Cause.PROBE_TOO_EARLY,
                        facts.confidence(Kind.COMPLAINT).value(),
                        took(facts) + " It may also listen nowhere, or on another port: its log does not say.",
                        facts,
                        new Action.None("Give the startupProbe as many tries as the start takes, or the container more"
                                + " processor."),
                        "ProbeTooEarly"))
                : Optional.empty();
    }

    private static String took(ProbeFacts facts) {
        return "The start takes longer than the %d s that the %s probe allows (initialDelaySeconds + periodSeconds × failureThreshold), so it never ends."
                .formatted(facts.asked().allowed().toSeconds(), facts.isStartup() ? "startup" : "liveness");
    }

    /** A startupProbe costs nothing once it has passed, so it may be ample: what is late is only the end of a start that never ends. */
    private static Duration longer(Duration allowed) {
        return allowed.multipliedBy(TIMES).compareTo(AT_LEAST) > 0 ? allowed.multipliedBy(TIMES) : AT_LEAST;
    }
}
