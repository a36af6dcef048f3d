package dev.kubesent.diagnosis.rules.lifecycle;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.Initializing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An init container runs on and on. It may wait, or work: the last that it said is all that can be told. */
public final class InitContainerHangs implements Rule {

    private static final int LAST = 5;

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof Initializing hanging
                ? Optional.of(says(hanging, evidence))
                : Optional.empty();
    }

    private Diagnosis says(Initializing hanging, Evidence evidence) {
        var name = hanging.subject().container();
        var minutes = Duration.between(hanging.since(), evidence.takenAt()).toMinutes();
        return says(
                Cause.INIT_CONTAINER_HANGS,
                Confidence.of(Kind.FITS)
                        .unread(evidence.log().present().orElse(List.of()).isEmpty())
                        .value(),
                "Init container %s has been running for %d minutes, and neither ended nor failed; everything else of the pod waits for it. It waits for something, or still works: its last lines may say which."
                        .formatted(name, minutes),
                quotes(name, evidence),
                new Action.None(
                        "See what it waits for, or whether it still works: kubectl logs -c %s. A limit to its tries would have made it fail, and that would have been seen."
                                .formatted(name)));
    }

    private static List<Quote> quotes(String name, Evidence evidence) {
        var quotes = new ArrayList<Quote>();
        quotes.add(new Quote(Source.STATUS, "init container " + name + " is running"));
        var log = evidence.log().present().orElse(List.of()).stream()
                .filter(line -> !line.isBlank())
                .distinct()
                .toList();
        log.subList(Math.max(0, log.size() - LAST), log.size())
                .forEach(line -> quotes.add(new Quote(Source.LOG, line.strip())));
        return quotes;
    }
}
