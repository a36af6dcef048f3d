package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.revision.Revision;
import dev.kubesent.failure.Failure.NotReady;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The container runs, and its readiness probe has never passed: what the kubelet says of that probe is all there is. */
public final class NeverReady implements Rule {

    private static final Pattern FAILED = Pattern.compile("^Readiness probe (?:failed|errored)");

    private static final Pattern NOTHING_THERE = Pattern.compile("statuscode: 40[45]\\b");

    /**
     * Whether the program says that there is nothing where its probe asks (404, 405), and the other revision's probe asks for another path: then what is
     * asked for is of the template. A port may be named otherwise and be the same one. Any other answer may be a start that takes long, a limit (429), or a sign-in that something else keeps.
     */
    public static boolean isOfTheProbe(Diagnosis diagnosis, String container, Revision own, Revision good) {
        return diagnosis.quotes().stream()
                        .anyMatch(quote -> quote.source() == Source.EVENTS
                                && NOTHING_THERE.matcher(quote.text()).find())
                && isAnother(path(own, container), path(good, container));
    }

    private static boolean isAnother(String own, String good) {
        return !own.isEmpty() && !good.isEmpty() && !own.equals(good);
    }

    /** What the readiness probe of a container asks for over HTTP; empty where it does not. */
    private static String path(Revision revision, String container) {
        for (var one : revision.template().path("spec").path("containers")) {
            if (one.path("name").asText().equals(container)) {
                var http = one.path("readinessProbe").path("httpGet");
                return http.isMissingNode() ? "" : http.path("path").asText("/");
            }
        }
        return "";
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
                new Action.None(failed.map(ReadinessWords::advice).orElseGet(Cause.NEVER_READY::advice)));
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
