package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Pattern;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.NotReady;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The container runs, and its readiness probe has never passed: what the kubelet says of that probe is all there is. */
public final class NeverReady implements Rule {

    private static final Pattern FAILED = Pattern.compile("^Readiness probe (?:failed|errored)");

    private static final Pattern REFUSED = Pattern.compile("statuscode: 4\\d\\d");

    /** Whether the program is up and refuses what its probe asks (4xx), which no waiting changes. Anything else may be a start that takes long. */
    public static boolean isRefused(Diagnosis diagnosis) {
        return diagnosis.quotes().stream()
                .anyMatch(quote -> quote.source() == Source.EVENTS
                        && REFUSED.matcher(quote.text()).find());
    }

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof NotReady unready ? Optional.of(says(unready, evidence)) : Optional.empty();
    }

    private Diagnosis says(NotReady unready, Evidence evidence) {
        var name = unready.subject().container();
        var failed = failed(evidence, name);
        var others =
                evidence.around().rollout().present().orElse(RolloutFacts.NONE).steady();
        var minutes = Duration.between(unready.since(), evidence.takenAt()).toMinutes();
        return says(
                Cause.NEVER_READY,
                Confidence.of(failed.isPresent() ? Kind.SENTENCE : Kind.FITS)
                        .contradicted(others > 0)
                        .unread(failed.isEmpty() && evidence.events().missing().isPresent())
                        .value(),
                "Container %s has been running for %d minutes, and was never ready, so that its pod gets no traffic. %s"
                                .formatted(
                                        name,
                                        minutes,
                                        failed.map(ReadinessWords::explain).orElse(ReadinessWords.NONE))
                        + last(evidence)
                        + (others > 0
                                ? " %d others of the same revision are ready: it may stand by on purpose."
                                        .formatted(others)
                                : ""),
                quotes(name, failed),
                new Action.None(failed.map(ReadinessWords::advice).orElse(ReadinessWords.LOOK)));
    }

    /** The latest. */
    private static Optional<String> failed(Evidence evidence, String name) {
        return evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(event -> event.reason().equals("Unhealthy") && event.mayConcern(name))
                .filter(event -> FAILED.matcher(event.message()).find())
                .map(ObservedEvent::message)
                .findFirst();
    }

    /** Told, and no evidence: whether it has to do with it, nothing says. */
    private static String last(Evidence evidence) {
        return evidence.log().present().orElse(List.of()).reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> " The last that it said: " + new Quote(Source.LOG, line.strip()).text())
                .orElse("");
    }

    private static List<Quote> quotes(String name, Optional<String> failed) {
        return Stream.concat(
                        Stream.of(new Quote(Source.STATUS, "container " + name + " is running, and not ready")),
                        failed.map(message -> new Quote(Source.EVENTS, "Unhealthy: " + message)).stream())
                .toList();
    }
}
