package dev.kubesent.diagnosis.rules.start;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Chain;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Names;
import dev.kubesent.diagnosis.rules.lifecycle.ContainerLost;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.CrashLoop;
import dev.kubesent.failure.Termination;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rules of starts share: where a sentence about a start that failed can stand. */
record StartFacts(Evidence evidence, CrashLoop crash) {

    private static final List<String> START_EVENTS =
            List.of("Failed", "FailedPostStartHook", "FailedCreatePodContainer", "InspectFailed");

    /** What the loader or the kernel says instead of the program is all there is. */
    private static final int ONLY_WORDS = 3;

    static Optional<StartFacts> of(Evidence evidence) {
        return evidence.failure() instanceof CrashLoop crash && !ContainerLost.isLost(crash.last())
                ? Optional.of(new StartFacts(evidence, crash))
                : Optional.empty();
    }

    Termination last() {
        return crash.last();
    }

    boolean neverStarted() {
        return last().neverStarted();
    }

    boolean couldNotExecute() {
        return last().couldNotExecute();
    }

    /** What ran, and ended without an error or by a kill, was started. */
    boolean ran() {
        return last().exitCode() == 0 || last().wasKilled();
    }

    /**
     * In the status and in events only where it was not started: a program writes its own message into the one, and the others stay for an
     * hour.
     */
    List<Heard> heard() {
        var names = Names.of(evidence.pod());
        var name = crash.subject().container();
        var status = neverStarted()
                ? Stream.of(new Heard(Chain.of(last().reason(), said(), names), status()))
                : Stream.<Heard>empty();
        var events = evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(event -> START_EVENTS.contains(event.reason()) && event.mayConcern(name))
                .filter(event -> neverStarted() || event.reason().equals("FailedPostStartHook"))
                .filter(event -> !event.message().startsWith("Failed to pull image"))
                .map(event -> new Heard(
                        Chain.of(event.reason(), event.toString(), names), new Quote(Source.EVENTS, event.toString())));
        return Stream.concat(status, events).toList();
    }

    /** Of a hook the reason says more than the message, which may be the hook's own. */
    private String said() {
        return last().message().isBlank() || last().reason().endsWith("HookError")
                ? last().reason() + ": " + last().message()
                : last().message();
    }

    /** Where the log has nothing else, the loader or the kernel has written it. */
    List<Heard> words() {
        var log = evidence.log().present().orElse(List.of());
        return log.size() > ONLY_WORDS
                ? List.of()
                : log.stream()
                        .filter(line -> !line.isBlank())
                        .map(line -> new Heard(
                                Chain.of(last().reason(), line, Names.NONE), new Quote(Source.LOG, line.strip())))
                        .toList();
    }

    Quote status() {
        return new Quote(Source.STATUS, last().of(crash.subject().container()));
    }
}
