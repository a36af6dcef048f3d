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
import java.util.stream.Stream;

/** What the crash rules share. */
record CrashFacts(CrashLoop crash, LogLines log, Evidence evidence) {

    /** 128 + 9 and 128 + 15: how a shell and every runtime report SIGKILL and SIGTERM. */
    private static final List<Integer> KILLED = List.of(137, 143);

    private static final List<String> START_EVENTS =
            List.of("Failed", "FailedPostStartHook", "FailedPreStopHook", "FailedCreatePodContainer");

    static final Pattern TELLING = Pattern.compile("(?i)\\b(fatal|panic|error|exception|fail(ed|ure)?|cannot"
            + "|can't|could not|unable|denied|refused|invalid|missing|not (set|found|allowed|permitted)|no such)\\b");

    private static final List<String> NOT_STARTED = List.of(
            "StartError",
            "RunContainerError",
            "CreateContainerError",
            "CreateContainerConfigError",
            "PreCreateHookError",
            "PreStartHookError",
            "PostStartHookError");

    /** 126 and 127: a shell's "cannot execute" and "not found"; 128: containerd's "never started"; 255: exec's own failure. */
    private static final List<Integer> NOT_EXECUTED = List.of(126, 127, 128, 255);

    /** What the loader or the kernel says instead of the program is all there is. */
    private static final int ONLY_WORDS = 3;

    static Optional<CrashFacts> of(Evidence evidence) {
        return switch (evidence.failure()) {
            case CrashLoop crash ->
                Optional.of(new CrashFacts(
                        crash, LogLines.of(evidence.log().present().orElse(List.of())), evidence));
            case Failure.ImagePull _, Failure.OomKilled _ -> Optional.empty();
        };
    }

    Termination last() {
        return crash.last();
    }

    boolean neverStarted() {
        return NOT_STARTED.contains(last().reason());
    }

    boolean couldNotExecute() {
        return NOT_EXECUTED.contains(last().exitCode());
    }

    /** With an error, and not killed. */
    boolean endedByItself() {
        return last().exitCode() != 0 && !killedBySignal();
    }

    /** What was said, and as it may be shown. A name of a Secret looks like a credential, and is none. */
    record Said(String raw, Quote quote) {}

    /** Where a sentence about a start that failed can stand: the status, an event, or a log in which nothing else is. */
    List<Said> startTexts() {
        var name = crash.subject().container();
        var status = new Said(last().reason() + ": " + last().message(), status());
        var events = evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(event -> START_EVENTS.contains(event.reason()) && event.mayConcern(name))
                .map(event -> new Said(event.toString(), new Quote(Source.EVENTS, event.toString())));
        var words = log.lines().size() > ONLY_WORDS
                ? Stream.<Said>empty()
                : log.lines().stream()
                        .map(line -> new Said(
                                line.text(), new Quote(Source.LOG, line.text().strip())));
        return Stream.of(Stream.of(status), events, words).flatMap(said -> said).toList();
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
        var lines = log.lines().reversed();
        return lines.stream()
                .filter(line -> TELLING.matcher(line.text()).find())
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> new Quote(Source.LOG, line.text().strip()));
    }
}
