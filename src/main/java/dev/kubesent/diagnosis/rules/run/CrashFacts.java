package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.log.Level;
import dev.kubesent.diagnosis.log.Log;
import dev.kubesent.diagnosis.rules.lifecycle.ContainerLost;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Termination;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the crash rules share. */
final class CrashFacts {

    private final CrashLoop crash;
    private final Evidence evidence;
    private @Nullable Log log;

    private CrashFacts(CrashLoop crash, Evidence evidence) {
        this.crash = crash;
        this.evidence = evidence;
    }

    static Optional<CrashFacts> of(Evidence evidence) {
        // Of what nobody saw end, neither the log nor the number says why.
        return evidence.failure() instanceof CrashLoop crash && !ContainerLost.isLost(crash.last())
                ? Optional.of(new CrashFacts(crash, evidence))
                : Optional.empty();
    }

    CrashLoop crash() {
        return crash;
    }

    Evidence evidence() {
        return evidence;
    }

    /** Read when it is first asked for: most rules never do. */
    Log log() {
        if (log == null) {
            log = ReadOnce.log(rawLog());
        }
        return log;
    }

    private List<String> rawLog() {
        return evidence.log().present().orElse(List.of());
    }

    Termination last() {
        return crash.last();
    }

    boolean neverStarted() {
        return last().neverStarted();
    }

    /**
     * As after SIGTERM and SIGKILL: 143, 137, 0, or 2, which is what many programs end with when they are told to
     * (research/failures.md, 2.1); unless it is Go's 2, for a panic.
     */
    boolean endFitsAKill() {
        return switch (last().exitCode()) {
            case 0, 137, 143 -> true;
            case 2 -> log().lines().noneMatch(line -> line.text().startsWith("panic:"));
            default -> false;
        };
    }

    /** Without an error, in its exit code and in its own words: what says ERROR and ends with 0 did not end well. */
    boolean endedWell() {
        return last().exitCode() == 0
                && log().entries().stream()
                        .noneMatch(entry -> entry.level() == Level.ERROR || entry.level() == Level.FATAL);
    }

    /** With an error, and not killed. */
    boolean endedByItself() {
        return last().exitCode() != 0 && !killedBySignal();
    }

    boolean killedBySignal() {
        return last().wasKilled();
    }

    Quote status() {
        return new Quote(Source.STATUS, last().of(crash.subject().container()));
    }

    /** The line of the log that tells most of what went wrong. */
    Optional<Quote> lastTellingLine() {
        return log().tellingLine().map(line -> new Quote(Source.LOG, line.shown()));
    }
}
