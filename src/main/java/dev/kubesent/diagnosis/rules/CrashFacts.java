package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Termination;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the crash rules share. */
record CrashFacts(CrashLoop crash, Evidence evidence) {

    /** 128 + 9 and 128 + 15: how a shell and every runtime report SIGKILL and SIGTERM. */
    private static final List<Integer> KILLED = List.of(137, 143);

    private static final Pattern TELLING = Pattern.compile("(?i)\\b(fatal|panic|error|exception|fail(ed|ure)?|cannot"
            + "|can't|could not|unable|denied|refused|invalid|missing|not (set|found|allowed|permitted)|no such)\\b");

    /** A line of a stack trace tells where, not what. */
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |File \")|^\\s+\\S+\\.go:\\d+|^goroutine ");

    static Optional<CrashFacts> of(Evidence evidence) {
        return switch (evidence.failure()) {
            case CrashLoop crash -> Optional.of(new CrashFacts(crash, evidence));
            case Failure.ImagePull _, Failure.OomKilled _ -> Optional.empty();
        };
    }

    Termination last() {
        return crash.last();
    }

    boolean neverStarted() {
        return last().reason().equals("StartError") || last().reason().endsWith("ContainerError");
    }

    boolean killedBySignal() {
        return KILLED.contains(last().exitCode());
    }

    Quote status() {
        var text = "container %s terminated: reason %s, exit code %d"
                .formatted(crash.subject().container(), last().reason(), last().exitCode());
        return new Quote(Source.STATUS, last().message().isEmpty() ? text : text + ": " + last().message());
    }

    /** The last line of the log that speaks of an error; else the last line of all. */
    Optional<Quote> lastTellingLine() {
        var lines = evidence.log().present().orElse(List.of()).stream()
                .filter(l -> !l.isBlank() && !STACK_FRAME.matcher(l).find())
                .toList()
                .reversed();
        return lines.stream()
                .filter(l -> TELLING.matcher(l).find())
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(l -> new Quote(Source.LOG, l.strip()));
    }
}
