package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.ImagePull;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the image rules share: every text that tells of the pull. Since Kubernetes 1.32 the waiting message holds the
 * registry's answer; before, only the event Failed does.
 */
record PullFacts(ImagePull pull, List<Quote> texts) {

    /** The sandbox's own image (pause) is pulled by the node and has nothing to do with the pod's images. */
    private static final Pattern PULL_FAILED = Pattern.compile("^Failed to pull image ");

    /** Docker Hub says the same of a private repository and of one that does not exist; a mirror may say 403 of a typo. */
    private static final Pattern MISSING_OR_PRIVATE = Pattern.compile(
            "(?i)pull access denied|insufficient_scope|repository does not exist or may require|403 Forbidden");

    static Optional<PullFacts> of(Evidence evidence) {
        return switch (evidence.failure()) {
            case ImagePull pull -> Optional.of(new PullFacts(pull, texts(evidence, pull)));
            case Failure.CrashLoop _, Failure.OomKilled _, Failure.Pending _ -> Optional.empty();
        };
    }

    boolean missingOrPrivate() {
        return text(MISSING_OR_PRIVATE).isPresent();
    }

    /** The sentence is known; more where status and event, two writers, both have it. */
    int confidence(Pattern pattern) {
        var places = texts.stream()
                .filter(quote -> pattern.matcher(quote.text()).find())
                .map(Quote::source)
                .distinct()
                .count();
        return Confidence.of(Kind.SENTENCE).agreeing(places > 1).value();
    }

    /** The first text that matches. */
    Optional<Quote> text(Pattern pattern) {
        return texts.stream().filter(q -> pattern.matcher(q.text()).find()).findFirst();
    }

    private static List<Quote> texts(Evidence evidence, ImagePull pull) {
        var name = pull.subject().container();
        var events = evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(e -> e.reason().equals("Failed") && e.mayConcern(name))
                .filter(e ->
                        PULL_FAILED.matcher(e.message()).find() && e.message().contains("\"" + pull.image() + "\""))
                .map(e -> new Quote(Source.EVENTS, e.reason() + ": " + e.message()));
        var status = new Quote(Source.STATUS, "waiting: " + pull.reason() + ": " + pull.message());
        return Stream.concat(Stream.of(status), events).toList();
    }
}
